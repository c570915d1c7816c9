/** Burns discs: checks, erases if told to, writes, reads back, opens the drive. What became of each step is told separately. */
import {
  type BurnedCopy,
  type BurnRequest,
  type BurnResult,
  type DriveFacts,
  type MediumFacts,
  singleSpeedOf,
} from '../../../shared/drives.ts'
import { formatDuration, formatExactBytes, formatSize } from '../../../shared/format.ts'
import type { ImageProject } from '../../../shared/image-project.ts'
import type { JobControl } from '../../../shared/job.ts'
import { Problem } from '../../../shared/problem.ts'
import { sentences } from '../../../shared/sentences.ts'
import { FileByteSource } from '../../bytes/byte-source.ts'
import { planProject, streamImage } from '../../image/create/create-image.ts'
import type { BurnEvent } from '../burn-event.ts'
import type { DriveAdapter, DriveListener, DriveWork, SessionOrder } from '../drive-adapter.ts'
import { type DriveAddress, parseDriveAddress } from '../drive-address.ts'
import { SourceContent } from '../read-back.ts'
import { AddedSession, forSessions, requireAddable } from './added-session.ts'
import { type BurnDecision, decideBurn } from './burn-checks.ts'
import { BurnControl } from './burn-control.ts'
import { withDiscNow } from './disc-afterwards.ts'
import { discInDriveWords, doneWords } from './disc-words.ts'
import { checkedImageSize } from './image-check.ts'
import { feedImage, type ImageStream } from './image-feed.ts'
import { type MadeImage, makeImage } from './made-image.ts'
import { nextDisc } from './next-disc.ts'
import { readDisc, type Written } from './read-disc.ts'
import { bringToRest, supervise } from './supervised-work.ts'

const SECTOR_BYTES = 2048

/**
 * Makes as many discs as asked for. Throws Problems before anything is touched when it can't be done, and when writing
 * fails; each then says what the disc is now. A disc that is written but differs, or a drive that does not open, is in
 * the result.
 */
export async function burnDisc(request: BurnRequest, adapter: DriveAdapter, control: JobControl): Promise<BurnResult> {
  const startedMs = Date.now()
  requireAddable(request)
  const burning = new Burning(request, adapter, control)
  const copies: BurnedCopy[] = []
  try {
    for (let copy = 1; copy <= request.copies; copy++) {
      if (copy > 1 && !(await burning.nextDisc(copy))) break
      copies.push(await burning.burnOne(copy))
    }
    return { ...burning.facts(), copies, durationMs: Date.now() - startedMs }
  } finally {
    burning.removeMade()
  }
}

interface Prepared {
  readonly drive: DriveFacts
  readonly decision: BurnDecision
}

class Burning {
  readonly #request: BurnRequest
  readonly #adapter: DriveAdapter
  readonly #control: BurnControl
  readonly #address: DriveAddress
  #sizeBytes = 0
  #startedMs = 0
  #facts: Omit<BurnResult, 'copies' | 'durationMs'> | null = null
  #made: MadeImage | null = null
  /** Whether it goes behind what is on the disc. */
  #isAdded = false

  constructor(request: BurnRequest, adapter: DriveAdapter, control: JobControl) {
    this.#request = request
    this.#adapter = adapter
    this.#control = new BurnControl(control, request)
    this.#address = parseDriveAddress(request.drive)
  }

  facts(): Omit<BurnResult, 'copies' | 'durationMs'> {
    return this.#facts as Omit<BurnResult, 'copies' | 'durationMs'>
  }

  async burnOne(copy: number): Promise<BurnedCopy> {
    const written = await this.#write()
    this.#noteWritten(written)
    const { simulate, verify, eject } = this.#request
    const check = verify && !simulate ? await this.#verify(written) : { verified: null, verifyProblem: null }
    const mustOpen = eject || copy < this.#request.copies
    const ejected = mustOpen ? await this.#adapter.moveTray(this.#address, 'eject') : null
    if (ejected !== null) this.#control.log(ejected ? 'info' : 'warning', ejected ? 'The drive was opened.' : 'The drive did not open.')
    return { written: !simulate, ...check, ejected }
  }

  /** Waits until the disc that was just burned has made room for one that can be burned; false when nobody wants another. */
  async nextDisc(copy: number): Promise<boolean> {
    this.#control.copy = copy
    const { copies } = this.#request
    const decide = (drive: DriveFacts) => void decideBurn(drive, { ...this.#request, sizeBytes: this.#sizeBytes })
    try {
      return await nextDisc({ copies, look: () => this.#adapter.look(this.#address), decide }, this.#control)
    } catch (thrown) {
      if (!(thrown instanceof Problem)) throw thrown
      throw new Problem({ ...thrown.report, kept: sentences(doneWords(copy - 1), 'The next one was not touched.') }, { cause: thrown })
    }
  }

  async #write(): Promise<Written> {
    const { source, append } = this.#request
    if (source.kind === 'image') return this.#writeImage(source.path)
    const project = this.#sessions === undefined ? source.project : forSessions(source.project)
    if (append) {
      const { medium } = decideBurn(await this.#adapter.look(this.#address), { ...this.#request, sizeBytes: 0 })
      if (medium.state !== 'blank') return this.#writeSession(project, medium)
    }
    if (!this.#adapter.canStream) return this.#writeMade(project)
    // Sizes are found twice, before the disc is touched and when it is written, because erasing takes long.
    const { sizeBytes } = await planProject(project, this.#control)
    return this.#feed((request, control) => streamImage({ project, ...request }, control), await this.#prepare(sizeBytes))
  }

  /** Adds files to what is on the disc. */
  async #writeSession(project: ImageProject, medium: MediumFacts): Promise<Written> {
    const startSector = (await this.#adapter.nextSession?.(this.#address)) ?? null
    if (startSector === null) throw noPlaceForSession()
    this.#isAdded = true
    const session = await AddedSession.layOut(project, this.#address, medium, startSector, this.#control)
    try {
      const written = await this.#feed(session.stream, await this.#prepare(session.sizeBytes))
      return { ...written, startBytes: startSector * SECTOR_BYTES }
    } finally {
      session.close()
    }
  }

  async #feed(stream: ImageStream, { drive, decision }: Prepared): Promise<Written> {
    let work: DriveWork | null = null
    try {
      const fed = await feedImage(
        stream,
        async (streamBytes) => {
          decideBurn({ ...drive, medium: decision.medium }, { ...this.#request, sizeBytes: streamBytes })
          work = this.#start(decision.medium, null, streamBytes)
          return work
        },
        this.#control,
      )
      await this.#untilWritten(work as unknown as DriveWork, fed.sizeBytes)
      return { ...fed, startBytes: 0, openExpected: () => ({ content: fed.checksums, sha256: () => fed.sha256, close: () => {} }) }
    } catch (error) {
      if (work !== null) await bringToRest(work, this.#control)
      throw await this.#withDisc(error)
    }
  }

  /** Looks at the disc before it spends minutes on an image that would not go on it. */
  async #writeMade(project: ImageProject): Promise<Written> {
    if (this.#made === null) {
      const { sizeBytes } = await planProject(project, this.#control)
      decideBurn(await this.#adapter.look(this.#address), { ...this.#request, sizeBytes })
      this.#control.log('info', 'The image is made first, because discs are burned from files on this system.')
      this.#made = await makeImage(project, this.#control)
    }
    return { ...(await this.#writeImage(this.#made.path)), sha256: this.#made.sha256 }
  }

  removeMade(): void {
    this.#made?.remove()
  }

  async #writeImage(path: string): Promise<Written> {
    const sizeBytes = checkedImageSize(path, this.#request.force, this.#control)
    const { decision } = await this.#prepare(sizeBytes)
    try {
      await this.#untilWritten(this.#start(decision.medium, path, sizeBytes), sizeBytes)
    } catch (error) {
      throw await this.#withDisc(error)
    }
    return {
      startBytes: 0,
      sizeBytes,
      sha256: null,
      openExpected: () => {
        const image = FileByteSource.open(path)
        const content = new SourceContent(image)
        return { content, sha256: () => content.sha256(), close: () => image.close() }
      },
    }
  }

  /** Everything before the laser writes: looks, decides, erases. */
  async #prepare(sizeBytes: number): Promise<Prepared> {
    this.#sizeBytes = sizeBytes
    this.#control.progress({ phase: 'prepare', doneBytes: 0, totalBytes: null, doneItems: 0, current: null })
    const drive = await this.#adapter.look(this.#address)
    const decision = decideBurn(drive, { ...this.#request, sizeBytes })
    this.#noteFacts(decision.medium, sizeBytes)
    this.#control.log('info', `The disc: ${discInDriveWords(drive, decision.medium)}.`)
    if (!decision.mustErase || (this.#request.simulate && decision.medium.isOverwritable)) return { drive, decision }
    const work = this.#adapter.erase(this.#address, decision.medium, false, this.#listener(sizeBytes))
    try {
      await supervise(work, this.#control)
    } catch (error) {
      throw await this.#withDisc(error)
    }
    const erased = await this.#adapter.look(this.#address)
    return { drive: erased, decision: decideBurn(erased, { ...this.#request, sizeBytes }) }
  }

  #noteFacts(medium: MediumFacts, sizeBytes: number): void {
    const { tool, reason } = this.#adapter.toolFor('burn', this.#address, medium, this.#sessions)
    this.#control.log('info', `Burning with ${tool}: ${reason}`)
    const { drive, simulate, leaveOpen } = this.#request
    this.#facts = {
      kind: 'burn',
      path: drive,
      mediumKind: medium.kind,
      sizeBytes,
      sha256: null,
      simulated: simulate,
      ...(leaveOpen && !simulate ? { leftOpen: true as const } : {}),
      tool,
      toolReason: reason,
    }
  }

  async #untilWritten(work: DriveWork, sizeBytes: number): Promise<void> {
    await supervise(work, this.#control)
    const tookMs = Math.max(1, performance.now() - this.#startedMs)
    const speed = `${formatSize((sizeBytes / tookMs) * 1000)}/s`
    this.#control.log('info', `Written: ${formatExactBytes(sizeBytes)} in ${formatDuration(tookMs)}, ${speed} with everything.`)
  }

  #start(medium: MediumFacts, imagePath: string | null, sizeBytes: number): DriveWork {
    const { speedTimes, simulate } = this.#request
    const kilobytesPerSecond = speedTimes === null ? null : Math.round(speedTimes * singleSpeedOf(medium.kind))
    this.#startedMs = performance.now()
    const order = { drive: this.#address, medium, imagePath, sizeBytes, kilobytesPerSecond, simulate }
    const sessions = this.#sessions
    return this.#adapter.burn(sessions === undefined ? order : { ...order, sessions }, this.#listener(sizeBytes))
  }

  get #sessions(): SessionOrder | undefined {
    const { append = false, leaveOpen = false } = this.#request
    return append || leaveOpen ? { isAdded: this.#isAdded, leaveOpen } : undefined
  }

  #listener(sizeBytes: number): DriveListener {
    return {
      line: (text) => this.#control.log('info', text),
      event: (event) => this.#report(event, sizeBytes),
    }
  }

  #report({ phase, doneBytes, fraction, bufferPercent, fifoPercent }: BurnEvent, sizeBytes: number): void {
    const isCounted = phase === 'write' && doneBytes !== null
    // Erasing has no bytes of its own; its share of the disc's is as good to draw.
    const shown = isCounted ? Math.min(doneBytes, sizeBytes) : fraction === null ? 0 : Math.round(fraction * sizeBytes)
    const progress = {
      phase,
      doneBytes: shown,
      totalBytes: isCounted || fraction !== null ? sizeBytes : null,
      doneItems: this.#control.copy,
      current: null,
    }
    this.#control.burning(progress, { bufferPercent, fifoPercent })
  }

  #noteWritten({ sizeBytes, sha256 }: Pick<Written, 'sizeBytes' | 'sha256'>): void {
    if (this.#facts !== null) this.#facts = { ...this.#facts, sizeBytes, sha256: sha256 ?? this.#facts.sha256 }
  }

  async #verify(written: Written): Promise<Pick<BurnedCopy, 'verified' | 'verifyProblem'>> {
    const { verified, verifyProblem, sha256 } = await readDisc(written, this.#address, this.#adapter, this.#control)
    this.#noteWritten({ ...written, sha256: written.sha256 ?? sha256 })
    return { verified, verifyProblem }
  }

  #withDisc(thrown: unknown): Promise<unknown> {
    return withDiscNow(thrown, () => this.#adapter.look(this.#address), this.#control.copy - 1)
  }
}

function noPlaceForSession(): Problem {
  return new Problem({
    kind: 'io',
    code: 'no-place-for-session',
    message: 'The drive does not tell where another session would begin on this disc.',
    kept: 'The disc is as it was.',
    advice: 'Try another drive, or burn everything to a blank disc.',
  })
}
