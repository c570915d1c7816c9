/**
 * The shell's side of the workbench process. The process is started on first use; when it dies, the next call starts it
 * again and repeats the steps that led to the last known state, so that nothing somebody arranged is lost.
 */
import { defaultCreateOptions, type ImageProject } from '../../shared/image-project.ts'
import { Problem, type ProblemReport, problemText } from '../../shared/problem.ts'
import { readerEnded } from './browse-client.ts'
import type { ProcessPort, StartProcess } from './process-port.ts'
import { QuestionLine } from './question-line.ts'
import type { FromWorkbench, WorkbenchCall, WorkbenchCalls } from './workbench-messages.ts'

type Answer<C extends WorkbenchCall> = WorkbenchCalls[C]['answer']
type Argument<C extends WorkbenchCall> = WorkbenchCalls[C]['argument']

/** An image whose description can't be read in this time makes the reader hang; it is given up. */
const GLANCE_PATIENCE_MS = 30_000

const emptyProject: ImageProject = { version: 1, steps: [], options: defaultCreateOptions }

/** Calls that read an image or other files from outside, which may be hostile. */
const looking: ReadonlySet<string> = new Set(['draftVerify', 'trustKey', 'trustedKeys'])
const looksAtImages = (call: string) => looking.has(call)

function endedProblem(call: string): Problem {
  return looksAtImages(call)
    ? readerEnded()
    : new Problem({
        kind: 'bug',
        code: 'workbench-ended',
        message: 'The part of Isomer that arranges images ended unexpectedly.',
        kept: 'What you arranged is still there; only the last step was not carried out.',
        advice: 'Try it again; if it happens again, please report it.',
      })
}

function partlyLost(lost: readonly ProblemReport[]): Problem {
  return new Problem({
    kind: 'io',
    code: 'staging-partly-lost',
    message: 'The part of Isomer that arranges images had to start again, and some of what you added is not there any more.',
    kept: 'Everything else is arranged as it was.',
    technical: lost.map(problemText).join('\n'),
  })
}

export class WorkbenchClient {
  private readonly startProcess: StartProcess
  private readonly onScanning: (items: number, current: string) => void
  private readonly line = new QuestionLine()
  private running: Promise<ProcessPort> | null = null
  private port: ProcessPort | null = null
  private known: ImageProject

  /** `beginning`: what a person's settings say of an image of which nothing is said yet. */
  constructor(startProcess: StartProcess, onScanning: (items: number, current: string) => void, beginning = emptyProject) {
    this.startProcess = startProcess
    this.onScanning = onScanning
    this.known = beginning
  }

  /** The steps and options that were carried out so far. */
  get project(): ImageProject {
    return this.known
  }

  /** Asks the process; throws what it threw, or a Problem that says that it ended. */
  async call<C extends WorkbenchCall>(call: C, argument: Argument<C>): Promise<Answer<C>> {
    this.running ??= this.start()
    const port = await this.running
    const answer = await this.ask(port, call, argument)
    if (typeof answer === 'object' && 'project' in answer) this.known = answer.project
    return answer
  }

  stop(): void {
    this.port?.kill()
  }

  private async start(): Promise<ProcessPort> {
    const port = this.startProcess()
    this.port = port
    port.onMessage((message) => this.receive(message as FromWorkbench))
    port.onExit(() => this.ended())
    if (this.known === emptyProject) return port
    const restored = await this.ask(port, 'restore', this.known).catch((error: unknown) => {
      port.kill() // the next call begins anew
      throw error
    })
    this.known = restored.project
    if (restored.lost.length > 0) {
      this.running = Promise.resolve(port)
      throw partlyLost(restored.lost)
    }
    return port
  }

  private async ask<C extends WorkbenchCall>(port: ProcessPort, call: C, argument: Argument<C>): Promise<Answer<C>> {
    const patience = looksAtImages(call) ? setTimeout(() => port.kill(), GLANCE_PATIENCE_MS) : undefined
    try {
      return (await this.line.ask(port, call, argument)) as Answer<C>
    } finally {
      clearTimeout(patience)
    }
  }

  private receive(message: FromWorkbench): void {
    if (message.type === 'scanning') this.onScanning(message.items, message.current)
    else if (message.type === 'answer') this.line.answered(message.id, message.value)
    else this.line.failed(message.id, new Problem(message.problem))
  }

  private ended(): void {
    this.running = null
    this.port = null
    this.line.ended(endedProblem)
  }
}
