/** The image being arranged, behind calls: changes go one after another, looks are answered in between. */
import { type CreateOptions, defaultCreateOptions, type ImageProject, type StagingStep } from '../../shared/image-project.ts'
import { type ProblemReport, problemReport } from '../../shared/problem.ts'
import type { StagedRow, StagedSummary } from '../../shared/staging.ts'
import { burnableFile } from '../drives/burn/image-check.ts'
import { StagedImage } from '../image/create/staged-image.ts'
import { draftOf } from '../verify/draft.ts'
import { KeyStore, trustKeyIn } from '../verify/key-store.ts'
import { ProcessJobControl } from './process-job-control.ts'
import type { Arranged, Restored, WorkbenchCall, WorkbenchCalls } from './workbench-messages.ts'

type Answers = { [C in WorkbenchCall]: (argument: WorkbenchCalls[C]['argument']) => Promise<WorkbenchCalls[C]['answer']> }
type Steps = readonly StagingStep[]

/** What undo or redo goes back to. */
interface Station {
  readonly steps: Steps
  /** Null where the change left the options alone: they stay as they are then. */
  readonly options: CreateOptions | null
}

/** Changes that can be taken back; older ones are forgotten. */
const MAX_UNDO = 200

const byName = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

/** Folders first, `file 2` before `file 10`: sorted here, so that the window needn't. */
function inReadingOrder(a: StagedRow, b: StagedRow): number {
  const folderFirst = Number(b.type === 'directory') - Number(a.type === 'directory')
  return folderFirst || byName.compare(a.name, b.name) || (a.name < b.name ? -1 : 1)
}

export class Workbench {
  private readonly onScanning: (items: number, current: string) => void
  private image = new StagedImage(defaultCreateOptions)
  private lastChange: Promise<unknown> = Promise.resolve()
  /** What the steps were before each change that undo takes back, oldest first. */
  private past: Station[] = []
  /** What they were before each undo, for redo. */
  private future: Station[] = []
  private latestRows: { readonly path: string; readonly rows: readonly StagedRow[] } | null = null

  constructor(onScanning: (items: number, current: string) => void) {
    this.onScanning = onScanning
  }

  answer<C extends WorkbenchCall>(call: C, argument: WorkbenchCalls[C]['argument']): Promise<WorkbenchCalls[C]['answer']> {
    return this.answers[call](argument)
  }

  private readonly answers: Answers = {
    restore: (project) => this.inTurn(() => this.restore(project)),
    open: (project) => this.inTurn(() => this.open(project)),
    apply: (added) => this.change((control) => this.changeSteps([...this.steps, ...added], control)),
    undo: () => this.change((control) => this.travel(this.past, this.future, control)),
    redo: () => this.change((control) => this.travel(this.future, this.past, control)),
    clear: () => this.change((control) => this.changeSteps([], control)),
    rescan: () => this.change(() => this.rescan()),
    setOptions: (changes) => this.change((control) => this.image.setOptions(changes, control)),
    summary: async () => this.summary(),
    rows: async ({ path, offset, limit }) => this.rowsOf(path).slice(offset, limit === undefined ? undefined : offset + limit),
    changes: async ({ offset, limit }) => this.image.changes(offset, limit),
    burnCheck: async (path) => burnableFile(path),
    draftVerify: ({ paths, keyFolder }) => draftOf(paths, keyFolder),
    trustKey: async ({ paths, fingerprint, keyFolder }) => {
      const store = new KeyStore(keyFolder)
      await trustKeyIn(paths, fingerprint, store)
      return store.list()
    },
    trustedKeys: ({ keyFolder }) => new KeyStore(keyFolder).list(),
    forgetKey: ({ fingerprint, keyFolder }) => {
      const store = new KeyStore(keyFolder)
      store.remove(fingerprint)
      return store.list()
    },
  }

  /** Pages of one folder are asked for one after another: its rows are made once for them. */
  private rowsOf(path: string): readonly StagedRow[] {
    if (this.latestRows?.path !== path) this.latestRows = { path, rows: this.image.rows(path).sort(inReadingOrder) }
    return this.latestRows.rows
  }

  private get steps(): Steps {
    return this.image.project().steps
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.lastChange.then(work).finally(() => {
      this.latestRows = null
    })
    this.lastChange = turn.catch(() => {}) // told to whoever asked; the next change goes on
    return turn
  }

  private change(work: (control: ProcessJobControl) => Promise<void>): Promise<Arranged> {
    return this.inTurn(async () => {
      await work(this.control())
      return this.arranged()
    })
  }

  private arranged(): Arranged {
    return { summary: this.summary(), project: this.image.project() }
  }

  private summary(): StagedSummary {
    return { ...this.image.summary(), canUndo: this.past.length > 0, canRedo: this.future.length > 0 }
  }

  private control(): ProcessJobControl {
    return new ProcessJobControl((message) => {
      if (message.type === 'progress') this.onScanning(message.progress.doneItems, message.progress.current ?? '')
    })
  }

  private async changeSteps(wanted: Steps, control: ProcessJobControl): Promise<void> {
    const before = this.steps
    if (before.length === 0 && wanted.length === 0) return
    await this.goTo(wanted, control)
    this.past = [...this.past, { steps: before, options: null }].slice(-MAX_UNDO)
    this.future = []
  }

  /** Goes to the last steps of one stack and leaves the present ones on the other. */
  private async travel(from: Station[], to: Station[], control: ProcessJobControl): Promise<void> {
    const wanted = from.at(-1)
    if (wanted === undefined) return
    const { steps, options } = this.image.project()
    if (wanted.options === null) await this.goTo(wanted.steps, control)
    else this.image = (await this.carryOut({ version: 1, steps: wanted.steps, options: wanted.options })).image
    from.pop()
    to.push({ steps, options: wanted.options === null ? null : options })
  }

  /** Makes the image what these steps lead to. Throws a Problem and changes nothing when they can't all be carried out. */
  private async goTo(wanted: Steps, control: ProcessJobControl): Promise<void> {
    const before = this.image.project()
    const isContinued = before.steps.every((step, index) => step === wanted[index])
    const image = isContinued ? this.image : new StagedImage(before.options)
    const todo = isContinued ? wanted.slice(before.steps.length) : wanted
    try {
      for (const step of todo) await image.apply(step, control)
      this.image = image
    } catch (error) {
      if (this.steps.length !== before.steps.length) this.image = (await this.carryOut(before)).image
      throw error
    }
  }

  /** Carries out all steps that can be, from nothing. */
  private async carryOut(project: ImageProject): Promise<{ image: StagedImage; lost: ProblemReport[] }> {
    const image = new StagedImage(project.options)
    const lost: ProblemReport[] = []
    for (const step of project.steps) await image.apply(step, this.control()).catch((error: unknown) => lost.push(problemReport(error)))
    return { image, lost }
  }

  private async rescan(): Promise<void> {
    const { image } = await this.carryOut(this.image.project())
    this.image = image
  }

  private async restore(project: ImageProject): Promise<Restored> {
    const { image, lost } = await this.carryOut(project)
    this.image = image
    this.past = this.steps.map((_, count) => ({ steps: this.steps.slice(0, count), options: null })).slice(-MAX_UNDO)
    this.future = []
    return { ...this.arranged(), lost }
  }

  /** Puts another project in the place of what is arranged; undo brings that back. */
  private async open(project: ImageProject): Promise<Restored> {
    const before = this.image.project()
    const { image, lost } = await this.carryOut(project)
    this.image = image
    this.past = [...this.past, { steps: before.steps, options: before.options }].slice(-MAX_UNDO)
    this.future = []
    return { ...this.arranged(), lost }
  }
}
