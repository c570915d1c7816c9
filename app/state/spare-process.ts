/** A process that is started before somebody needs it: starting one takes longer than opening an image in it. */
import type { ProcessPort, StartProcess } from '../../main/jobs/process-port.ts'

/** The one that was taken has work to do first. */
const REST_MS = 1500

export class SpareProcess {
  readonly #start: StartProcess
  #spare: ProcessPort | null = null
  #timer: NodeJS.Timeout | null = null
  #isOver = false

  constructor(start: StartProcess) {
    this.#start = start
  }

  /** Gets one ready, unless one is or somebody stopped this. */
  prepare(): void {
    if (this.#spare !== null || this.#isOver) return
    const spare = this.#start()
    this.#spare = spare
    spare.onExit(() => {
      if (this.#spare === spare) this.#spare = null
    })
  }

  /** The one that is ready, or a new one; another is got ready in a while. */
  take(): ProcessPort {
    const taken = this.#spare ?? this.#start()
    this.#spare = null
    this.#timer ??= setTimeout(() => {
      this.#timer = null
      this.prepare()
    }, REST_MS)
    return taken
  }

  /** Ends the one that nobody took. */
  stop(): void {
    this.#isOver = true
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#spare?.kill()
  }
}
