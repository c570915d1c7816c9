/** The shell's side of the process that looks at one image. It is started at once, and ends with the image or by it. */
import type { ExpandProgress } from '../../shared/browse.ts'
import type { MountProgress } from '../../shared/mounts.ts'
import { Problem } from '../../shared/problem.ts'
import type { BrowseCall, BrowseCalls, BrowseNews, FromBrowser } from './browse-messages.ts'
import type { ProcessPort, StartProcess } from './process-port.ts'
import { QuestionLine } from './question-line.ts'

const TICK_MS = 1000
/** A process that works says so every second; one that is silent for so many hangs. Ticks, for computers sleep. */
const PATIENCE_TICKS = 15

/** What a person is told when an image makes its reader end or hang. */
export function readerEnded(): Problem {
  return new Problem({
    kind: 'image',
    code: 'reader-ended',
    message: 'This image made Isomer’s reader fail.',
    kept: 'The image was only read.',
    advice: 'Please report it: an image should never do that.',
  })
}

export interface BrowseEvents {
  listing?(news: BrowseNews): void
  /** A file that has to be expanded whole is being opened. */
  expanding?(progress: ExpandProgress): void
  /** An image is got ready to be mounted. */
  preparing?(progress: MountProgress): void
  /** The process ended by itself; called once, and never after `stop`. */
  ended?(): void
}

export class BrowseClient {
  readonly #port: ProcessPort
  readonly #line = new QuestionLine()
  readonly #watch: NodeJS.Timeout
  #silentTicks = 0
  #isOver = false

  constructor(startProcess: StartProcess, events: BrowseEvents) {
    this.#port = startProcess()
    this.#port.onMessage((message) => this.#receive(message as FromBrowser, events))
    this.#port.onExit(() => {
      const isOwnEnd = !this.#isOver
      this.#end()
      if (isOwnEnd) events.ended?.()
    })
    this.#watch = setInterval(() => this.#tick(), TICK_MS)
  }

  /** Asks the process; throws what it threw, or a Problem that says that it ended. */
  async call<C extends BrowseCall>(call: C, argument: BrowseCalls[C]['argument']): Promise<BrowseCalls[C]['answer']> {
    if (this.#isOver) throw readerEnded()
    this.#silentTicks = 0
    return (await this.#line.ask(this.#port, call, argument)) as BrowseCalls[C]['answer']
  }

  stop(): void {
    this.#end()
    this.#port.kill()
  }

  #receive(message: FromBrowser, events: BrowseEvents): void {
    this.#silentTicks = 0
    if (message.type === 'answer') this.#line.answered(message.id, message.value)
    else if (message.type === 'problem') this.#line.failed(message.id, new Problem(message.problem))
    else if (message.type === 'listing') events.listing?.(message.news)
    else if (message.type === 'expanding') events.expanding?.(message.progress)
    else if (message.type === 'preparing') events.preparing?.(message.progress)
  }

  #tick(): void {
    if (this.#line.openCount === 0) return
    this.#silentTicks++
    if (this.#silentTicks >= PATIENCE_TICKS) this.#port.kill()
  }

  #end(): void {
    this.#isOver = true
    clearInterval(this.#watch)
    this.#line.ended(readerEnded)
  }
}
