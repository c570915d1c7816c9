/** Rips a disc: everything that it gives into an image, with a map of what it does not. */
import { basename } from 'node:path'
import type { ReadBack, RipRequest, RipResult } from '../../../shared/drives.ts'
import { formatCount, formatExactBytes, formatSize } from '../../../shared/format.ts'
import type { JobControl, JobPhase } from '../../../shared/job.ts'
import { Problem } from '../../../shared/problem.ts'
import { sentences } from '../../../shared/sentences.ts'
import { FileByteSource } from '../../bytes/byte-source.ts'
import type { SectorSource } from '../../bytes/sector-source.ts'
import { recogniseProtection } from '../../image/protection.ts'
import type { DriveAdapter, OpenMedium } from '../drive-adapter.ts'
import { parseDriveAddress } from '../drive-address.ts'
import { readBack, SourceContent } from '../read-back.ts'
import { dataLength, withoutRunOut } from './data-length.ts'
import { requireSameDisc } from './disc-identity.ts'
import type { RescuePhase } from './mapfile.ts'
import { reportMissing } from './missing-files.ts'
import { passWords } from './pass-words.ts'
import { Rescue } from './rescue.ts'
import { type ByteRange, RescueMap } from './rescue-map.ts'
import type { ReadMoment } from './rescue-reader.ts'
import { RipDigest } from './rip-digest.ts'
import { mapPathOf, RipOutput } from './rip-output.ts'
import { openIfImage } from './ripped-image.ts'
import { cellCountOf, sectorCells } from './sector-cells.ts'
import { SlowPlaces } from './slow-places.ts'
import { fillUnread } from './unread-fill.ts'
import { volumeEndBytes } from './volume-end.ts'

/** A disc that was just put in is known to the system after this time. */
const SETTLING_MS = 5000
/** Squares of the window's sector map. */
const CELLS = 1000

const phaseNames: Readonly<Record<RescuePhase, JobPhase>> = {
  copy: 'read',
  trim: 'trim',
  scrape: 'scrape',
  retry: 'retry',
  fill: 'read',
  generate: 'read',
  finished: 'read',
}

type RipAdapter = Pick<DriveAdapter, 'openMedium' | 'tracksOf' | 'readTracks'>

/**
 * Reads the disc in a drive. What could not be read is in the result and does not make it fail. Throws Problems: `usage`
 * for files in the way, `io` when the disc is gone or the image can't be written, `cancelled`; each says what was kept.
 */
export async function ripDisc(request: RipRequest, adapter: RipAdapter, control: JobControl): Promise<RipResult> {
  const { readTracks, tracksOf } = adapter
  const tracks = tracksOf?.call(adapter, parseDriveAddress(request.drive)) ?? null
  if (tracks !== null && readTracks !== undefined) {
    const { ripTracks } = await import('./tracks/rip-tracks.ts')
    const reader = { openMedium: adapter.openMedium.bind(adapter), readTracks: readTracks.bind(adapter) }
    return ripTracks(request, tracks, reader, control)
  }
  const medium = await adapter.openMedium(parseDriveAddress(request.drive), SETTLING_MS)
  try {
    return await ripMedium(medium, request, control)
  } finally {
    medium.source.close()
  }
}

/** The same for a medium that is open. `nowMs` is a clock that runs evenly. */
export async function ripMedium(
  medium: OpenMedium,
  request: RipRequest,
  control: JobControl,
  nowMs: () => number = () => performance.now(),
): Promise<RipResult> {
  const startedMs = Date.now()
  const volumeEnd = await volumeEndBytes(medium.source)
  const { sectorBytes, sizeBytes: capacityBytes } = medium.source
  const known = request.whole ? null : volumeEnd
  const { lengthBytes } = dataLength({ ...medium, capacityBytes, sectorBytes, volumeEndBytes: known })
  const output = RipOutput.open(request)
  const rip = new Rip(medium.source, output, lengthBytes, request, control)
  try {
    await rip.read(nowMs)
    const finished = await rip.finish(volumeEnd)
    return { ...finished, durationMs: Date.now() - startedMs }
  } catch (error) {
    throw await rip.keep(error)
  } finally {
    output.close()
  }
}

class Rip {
  readonly #source: SectorSource
  readonly #output: RipOutput
  readonly #request: RipRequest
  readonly #control: JobControl
  readonly #lengthBytes: number
  readonly #digest = new RipDigest()
  readonly #map: RescueMap
  readonly #slow: SlowPlaces
  #rescue: Rescue | null = null
  #isNamed = false
  #passWords = ''

  constructor(source: SectorSource, output: RipOutput, lengthBytes: number, request: RipRequest, control: JobControl) {
    this.#source = source
    this.#output = output
    this.#request = request
    this.#control = control
    this.#map = output.resumed?.map.extendedTo(lengthBytes) ?? RescueMap.untried(lengthBytes)
    this.#lengthBytes = lengthBytes
    this.#slow = new SlowPlaces(this.#map.sizeBytes, cellCountOf(this.#map.sizeBytes, source.sectorBytes, CELLS))
  }

  async read(nowMs: () => number): Promise<void> {
    const { resumed } = this.#output
    if (resumed !== null) await requireSameDisc(this.#source, this.#output.fd, this.#map)
    this.#output.requireRoom(this.#map.unreadBytes, this.#map.sizeBytes)
    this.#control.log(
      'info',
      `Reading ${this.#source.name}: ${formatExactBytes(this.#lengthBytes)}, in sectors of ${this.#source.sectorBytes}.`,
    )
    this.#rescue = new Rescue({
      source: this.#source,
      map: this.#map,
      nowMs,
      retries: this.#request.retries,
      from: resumed?.position ?? null,
      target: { write: (at, bytes) => this.#write(at, bytes) },
      turn: (read) => this.#turn(read),
    })
    await this.#rescue.run()
    await this.#save()
  }

  /** Cuts, marks and names the image, and finds out what its missing sectors mean. */
  async finish(volumeEnd: number | null): Promise<Omit<RipResult, 'durationMs'>> {
    const { sectorBytes } = this.#source
    const sizeBytes = this.#imageLength(volumeEnd)
    const missing = cutTo(this.#map.unreadRanges(), sizeBytes)
    if (this.#request.fillUnread) fillUnread(this.#output, missing, sectorBytes)
    this.#logMissing(missing)
    const sha256 = await this.#digest.finish(this.#output.fd, sizeBytes, this.#control)
    await this.#output.finish(sizeBytes, missing.length === 0)
    this.#isNamed = true
    const secondReading = this.#request.verify ? await this.#readAgain(sizeBytes) : null
    const image = openIfImage(this.#request.outPath)
    try {
      const report = await reportMissing(image, missing, sectorBytes, this.#control)
      return {
        kind: 'rip',
        path: this.#request.outPath,
        sizeBytes,
        sha256,
        unreadBytes: missing.reduce((sum, { startBytes, endBytes }) => sum + endBytes - startBytes, 0),
        missingRangeCount: missing.length,
        ...report,
        mapPath: missing.length > 0 || this.#request.mapPath !== null ? mapPathOf(this.#request) : null,
        protection: image === null ? null : recogniseProtection(image.view('auto'), overlapping(missing)),
        secondReading,
        cells: this.#cells(),
      }
    } finally {
      image?.close()
    }
  }

  #logMissing(missing: readonly ByteRange[]): void {
    const bytes = missing.reduce((sum, { startBytes, endBytes }) => sum + endBytes - startBytes, 0)
    if (bytes === 0) this.#control.log('info', 'Everything was read.')
    else this.#control.log('warning', `${formatExactBytes(bytes)} could not be read, in ${formatCount(missing.length, 'place', 'places')}.`)
  }

  /** What to throw for a failure: the same, with what was kept of the work. */
  async keep(thrown: unknown): Promise<unknown> {
    if (!(thrown instanceof Problem) || thrown.report.kind === 'bug' || thrown.report.kind === 'usage') return thrown
    if (this.#isNamed)
      return new Problem({ ...thrown.report, kept: 'The image was written; it was not compared to its end.' }, { cause: thrown })
    if (this.#map.bytesOf('finished') === 0) {
      this.#output.discard()
      return new Problem({ ...thrown.report, kept: 'Nothing was written.' }, { cause: thrown })
    }
    await this.#save()
    const kept = `What was read until then is in ‘${basename(this.#output.dataPath)}’, and ‘${basename(this.#output.mapPath)}’ says what is missing.`
    return new Problem(
      { ...thrown.report, kept, advice: sentences(thrown.report.advice ?? null, 'Go on with it (--resume).') },
      { cause: thrown },
    )
  }

  #imageLength(volumeEnd: number | null): number {
    const { sectorBytes } = this.#source
    const last = cutTo(this.#map.unreadRanges(), this.#lengthBytes).at(-1)
    const lastUnreadBytes = last?.endBytes === this.#lengthBytes ? last.endBytes - last.startBytes : 0
    const sizeBytes = withoutRunOut(this.#lengthBytes, sectorBytes, volumeEnd, lastUnreadBytes)
    if (sizeBytes < this.#lengthBytes) this.#control.log('info', 'The last sectors are run-out, which holds no data; they were left off.')
    return sizeBytes
  }

  async #readAgain(sizeBytes: number): Promise<ReadBack> {
    const read = [...this.#map.blocks()].filter(({ status }) => status === 'finished')
    const image = FileByteSource.open(this.#request.outPath)
    try {
      return await readBack(this.#source, new SourceContent(image), cutTo(read, sizeBytes), this.#control)
    } finally {
      image.close()
    }
  }

  #write(offsetBytes: number, bytes: Uint8Array): void {
    this.#output.write(offsetBytes, bytes)
    this.#digest.take(offsetBytes, bytes)
  }

  /** Says when another pass begins, and what there is of the disc by then. */
  #logPass(): void {
    const { phase, pass } = this.#rescue?.position ?? { phase: 'copy' as const, pass: 1 }
    const words = passWords(phaseNames[phase], pass)
    if (words === this.#passWords) return
    this.#passWords = words
    this.#control.log(
      'info',
      `${words}. ${formatSize(this.#map.bytesOf('finished'))} are read, ${formatSize(this.#map.unreadBytes)} are not.`,
    )
  }

  async #turn(read: ReadMoment): Promise<void> {
    this.#slow.note(read)
    this.#logPass()
    this.#reportProgress()
    if (this.#rescue !== null) await this.#output.saveWhenDue({ map: this.#map, position: this.#rescue.position })
    await this.#control.checkpoint()
  }

  async #save(): Promise<void> {
    if (this.#rescue !== null) await this.#output.save({ map: this.#map, position: this.#rescue.position })
  }

  #cells(): string {
    return sectorCells(this.#map, cellCountOf(this.#map.sizeBytes, this.#source.sectorBytes, CELLS), this.#slow)
  }

  #reportProgress(): void {
    const rescue = this.#rescue
    if (rescue === null) return
    const map = this.#map
    const { sectorBytes } = this.#source
    const cells = () => this.#cells()
    const { phase, pass, positionBytes } = rescue.position
    this.#control.progress({
      phase: phaseNames[phase],
      doneBytes: map.bytesOf('finished'),
      totalBytes: map.sizeBytes,
      doneItems: Math.floor(positionBytes / sectorBytes),
      current: null,
      detail: {
        kind: 'rip',
        pass,
        // Put together only when the report is really sent: there are many more reads than reports.
        get cells() {
          return cells()
        },
        unreadBytes: map.unreadBytes,
        badBytes: map.unreadBytes - map.bytesOf('non-tried'),
      },
    })
  }
}

/** Whether a stretch touches one of these. */
const overlapping =
  (ranges: readonly ByteRange[]) =>
  (startBytes: number, endBytes: number): boolean =>
    ranges.some((range) => range.startBytes < endBytes && range.endBytes > startBytes)

/** Ranges in rising order, up to a length. */
function cutTo(ranges: readonly ByteRange[], lengthBytes: number): ByteRange[] {
  return ranges
    .filter(({ startBytes }) => startBytes < lengthBytes)
    .map(({ startBytes, endBytes }) => ({ startBytes, endBytes: Math.min(endBytes, lengthBytes) }))
}
