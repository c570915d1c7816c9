/** The image being arranged, behind calls: changes go one after another, looks are answered in between. */
import type { ImageProject, StagingStep } from '../../shared/image-project.ts'
import { defaultCreateOptions } from '../../shared/image-project.ts'
import { type ProblemReport, problemReport } from '../../shared/problem.ts'
import { glanceAtImage } from '../image/glance.ts'
import { StagedImage } from '../image/staged-image.ts'
import { ProcessJobControl } from './process-job-control.ts'
import type { Arranged, Restored, WorkbenchCall, WorkbenchCalls } from './workbench-messages.ts'

type Answers = { [C in WorkbenchCall]: (argument: WorkbenchCalls[C]['argument']) => Promise<WorkbenchCalls[C]['answer']> }

export class Workbench {
  private readonly onScanning: (items: number, current: string) => void
  private image = new StagedImage(defaultCreateOptions)
  private lastChange: Promise<unknown> = Promise.resolve()
  /** How many of the image's own steps one undo or redo takes. */
  private undoSizes: number[] = []
  private redoSizes: number[] = []

  constructor(onScanning: (items: number, current: string) => void) {
    this.onScanning = onScanning
  }

  answer<C extends WorkbenchCall>(call: C, argument: WorkbenchCalls[C]['argument']): Promise<WorkbenchCalls[C]['answer']> {
    return this.answers[call](argument)
  }

  private readonly answers: Answers = {
    restore: (project) => this.inTurn(() => this.restore(project)),
    apply: (steps) => this.change((control) => this.applyAll(steps, control)),
    undo: () => this.change((control) => this.undo(control)),
    redo: () => this.change((control) => this.redo(control)),
    clear: () => this.change(() => this.clear()),
    setOptions: (changes) => this.change((control) => this.image.setOptions(changes, control)),
    summary: async () => this.image.summary(),
    rows: async (path) => this.image.rows(path),
    changes: async ({ offset, limit }) => this.image.changes(offset, limit),
    glance: (imagePath) => glanceAtImage(imagePath),
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.lastChange.then(work)
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
    return { summary: this.image.summary(), project: this.image.project() }
  }

  private control(): ProcessJobControl {
    return new ProcessJobControl((message) => {
      if (message.type === 'progress') this.onScanning(message.progress.doneItems, message.progress.current ?? '')
    })
  }

  private async applyAll(steps: readonly StagingStep[], control: ProcessJobControl): Promise<void> {
    let applied = 0
    try {
      for (; applied < steps.length; applied++) await this.image.apply(steps[applied] as StagingStep, control)
    } catch (error) {
      await this.repeat(applied, () => this.image.undo(control))
      throw error
    }
    this.undoSizes.push(applied)
    this.redoSizes = []
  }

  private async undo(control: ProcessJobControl): Promise<void> {
    const size = this.undoSizes.pop()
    if (size === undefined) return
    await this.repeat(size, () => this.image.undo(control))
    this.redoSizes.push(size)
  }

  private async redo(control: ProcessJobControl): Promise<void> {
    const size = this.redoSizes.pop()
    if (size === undefined) return
    await this.repeat(size, () => this.image.redo(control))
    this.undoSizes.push(size)
  }

  private async repeat(times: number, work: () => Promise<void>): Promise<void> {
    for (let done = 0; done < times; done++) await work()
  }

  private async clear(): Promise<void> {
    this.image.clear()
    this.undoSizes = []
    this.redoSizes = []
  }

  private async restore(project: ImageProject): Promise<Restored> {
    this.image = new StagedImage(project.options)
    await this.clear()
    const lost: ProblemReport[] = []
    for (const step of project.steps)
      await this.applyAll([step], this.control()).catch((error: unknown) => {
        lost.push(problemReport(error))
      })
    return { ...this.arranged(), lost }
  }
}
