/** The drives as the window knows them: each has a handle, and news is told whenever a drive, a disc or a job on one changes. */
import { randomUUID } from 'node:crypto'
import { basename } from 'node:path'
import type { DriveAdapter } from '../../main/drives/drive-adapter.ts'
import { addressText, type DriveAddress, parseDriveAddress } from '../../main/drives/drive-address.ts'
import type { JobQueue } from '../../main/jobs/job-queue.ts'
import type { DriveRow, DrivesSeen } from '../../shared/drive-rows.ts'
import type { DriveFacts } from '../../shared/drives.ts'
import type { JobView } from '../../shared/job.ts'
import { Problem, type ProblemReport, problemReport } from '../../shared/problem.ts'
import { displayPath } from './display-path.ts'
import type { Settings } from './settings.ts'

/** More than somebody plays with at once; each costs a start of xorriso at every look. */
const MAX_VIRTUAL_DISCS = 6

/** What was found when a drive was last looked at. */
interface Seen {
  readonly facts: DriveFacts | null
  readonly problem: ProblemReport | null
  readonly toolProblem: ProblemReport | null
}

export class DriveKeeper {
  readonly #jobs: JobQueue
  readonly #settings: Pick<Settings, 'get' | 'set'>
  readonly #openAdapter: () => Promise<DriveAdapter>
  readonly #listeners: ((seen: DrivesSeen) => void)[] = []
  /** Handles by address. */
  readonly #ids = new Map<string, string>()
  readonly #seen = new Map<string, Seen>()
  #devices: readonly string[] = []
  #problem: ProblemReport | null = null
  #adapter: DriveAdapter | null = null
  #stopWatching: (() => void) | null = null
  #looking: Promise<void> | null = null
  #mustLookAgain = false
  #toldText = ''

  constructor(jobs: JobQueue, settings: Pick<Settings, 'get' | 'set'>, openAdapter: () => Promise<DriveAdapter>) {
    this.#jobs = jobs
    this.#settings = settings
    this.#openAdapter = openAdapter
    jobs.listen({ changed: (job) => this.#hearJob(job), removed: () => {} })
  }

  /** Is told whenever something is different. */
  listen(listener: (seen: DrivesSeen) => void): void {
    this.#listeners.push(listener)
  }

  /** Looks at all drives now, and from now on whenever something changes. A drive that a job has is left alone. */
  async look(): Promise<DrivesSeen> {
    this.#mustLookAgain = true
    this.#looking ??= this.#lookUntilDone()
    await this.#looking
    return this.#rows()
  }

  /** Throws a `usage` Problem for a drive that is gone. */
  address(driveId: string): DriveAddress {
    return parseDriveAddress(this.#textOf(driveId))
  }

  /** What was seen of a drive when it was last looked at; throws a `usage` Problem when nothing was. */
  known(driveId: string): DriveFacts {
    const seen = this.#seen.get(this.#textOf(driveId))
    if (seen?.facts) return seen.facts
    throw new Problem(seen?.problem ?? unknownDrive)
  }

  /** Looks at one drive anew; throws Problems when it is gone, or a job has it. */
  async facts(driveId: string): Promise<DriveFacts> {
    const text = this.#textOf(driveId)
    if (this.#jobs.holderOf(text) !== null) throw driveBusy()
    return (await this.adapter()).look(parseDriveAddress(text))
  }

  async adapter(): Promise<DriveAdapter> {
    this.#adapter ??= await this.#openAdapter()
    return this.#adapter
  }

  /** Shows a file among the drives. */
  async addVirtual(path: string): Promise<DriveRow> {
    const others = this.#settings.get('virtualDiscs').filter((other) => other !== path)
    this.#settings.set('virtualDiscs', [...others, path].slice(-MAX_VIRTUAL_DISCS))
    const { drives } = await this.look()
    const id = this.#idOf(addressText({ kind: 'virtual', path }))
    return drives.find(({ driveId }) => driveId === id) as DriveRow
  }

  /** Shows it no more; the file stays. */
  forgetVirtual(driveId: string): void {
    const { kind, path } = this.address(driveId)
    if (kind !== 'virtual') return
    const others = this.#settings.get('virtualDiscs').filter((other) => other !== path)
    this.#settings.set('virtualDiscs', others)
    this.#tell()
  }

  stop(): void {
    this.#stopWatching?.()
  }

  #addresses(): string[] {
    return [...this.#devices, ...this.#settings.get('virtualDiscs').map((path) => addressText({ kind: 'virtual', path }))]
  }

  async #lookUntilDone(): Promise<void> {
    while (this.#mustLookAgain) {
      this.#mustLookAgain = false
      await this.#lookOnce()
      this.#tell()
    }
    this.#looking = null
  }

  async #lookOnce(): Promise<void> {
    try {
      const adapter = await this.adapter()
      this.#problem = null
      this.#stopWatching ??= adapter.watch(() => void this.look())
      await this.#lookAtDevices(adapter)
      for (const path of this.#settings.get('virtualDiscs')) await this.#lookAt(adapter, addressText({ kind: 'virtual', path }))
    } catch (thrown) {
      this.#problem = problemReport(thrown)
    }
  }

  /** Listing looks into every drive, so it waits while a job has one of them. */
  async #lookAtDevices(adapter: DriveAdapter): Promise<void> {
    if (this.#devices.some((text) => this.#jobs.holderOf(text) !== null)) {
      for (const text of this.#devices) if (this.#jobs.holderOf(text) === null) await this.#lookAt(adapter, text)
      return
    }
    const found = await adapter.list()
    this.#devices = found.map(({ address }) => address)
    for (const facts of found) this.#seen.set(facts.address, seenOf(facts, adapter))
  }

  async #lookAt(adapter: DriveAdapter, text: string): Promise<void> {
    if (this.#jobs.holderOf(text) !== null) return
    try {
      this.#seen.set(text, seenOf(await adapter.look(parseDriveAddress(text)), adapter))
    } catch (thrown) {
      this.#seen.set(text, { facts: null, problem: problemReport(thrown), toolProblem: null })
    }
  }

  /** A drive that a job takes or gives back. */
  #hearJob(job: JobView): void {
    if (job.kind !== 'rip' && job.kind !== 'burn' && job.kind !== 'erase') return
    if (job.endedAtMs === null) this.#tell()
    else void this.look()
  }

  #rows(): DrivesSeen {
    return { drives: this.#addresses().map((text) => this.#rowOf(text)), problem: this.#problem }
  }

  #rowOf(text: string): DriveRow {
    const { kind, path } = parseDriveAddress(text)
    const seen = this.#seen.get(text)
    const facts = seen?.facts ?? null
    const isVirtual = kind === 'virtual'
    const makersName = facts === null ? '' : `${facts.vendor} ${facts.model}`.trim()
    return {
      driveId: this.#idOf(text),
      isVirtual,
      name: isVirtual ? basename(path) : makersName || path,
      place: isVirtual ? displayPath(path) : path,
      medium: facts?.medium ?? null,
      problem: seen?.problem ?? null,
      toolProblem: seen?.toolProblem ?? null,
      jobId: this.#jobs.holderOf(text)?.id ?? null,
    }
  }

  #tell(): void {
    const seen = this.#rows()
    const text = JSON.stringify(seen)
    if (text === this.#toldText) return
    this.#toldText = text
    for (const listener of this.#listeners) listener(seen)
  }

  #textOf(driveId: string): string {
    const text = this.#addresses().find((address) => this.#ids.get(address) === driveId)
    if (text !== undefined) return text
    throw new Problem(unknownDrive)
  }

  #idOf(text: string): string {
    const known = this.#ids.get(text)
    if (known !== undefined) return known
    const id = randomUUID()
    this.#ids.set(text, id)
    return id
  }
}

function seenOf(facts: DriveFacts, adapter: DriveAdapter): Seen {
  const { medium, unknownBecause } = facts
  const problem: ProblemReport | null = unknownBecause === null ? null : { kind: 'io', code: 'disc-unknown', message: unknownBecause }
  return { facts, problem, toolProblem: medium === null ? null : missingTool(facts, medium, adapter) }
}

function missingTool({ address }: DriveFacts, medium: NonNullable<DriveFacts['medium']>, adapter: DriveAdapter): ProblemReport | null {
  try {
    adapter.toolFor('burn', parseDriveAddress(address), medium)
    return null
  } catch (thrown) {
    return problemReport(thrown)
  }
}

const unknownDrive: ProblemReport = {
  kind: 'usage',
  code: 'unknown-drive',
  message: 'This drive is not there any more.',
  kept: 'Nothing was done.',
}

function driveBusy(): Problem {
  return new Problem({
    kind: 'usage',
    code: 'drive-busy',
    message: 'A job is at work with this drive.',
    kept: 'Nothing was done.',
    advice: 'Wait until it is done, or cancel it.',
  })
}
