/**
 * Everything that a medium gives, the good parts first (GNU ddrescue's manual, chapter 4): copied in three passes, the
 * failed reads trimmed from their ends and scraped sector by sector, bad sectors retried. The map tells at any moment
 * what is done, so the work can be stopped anywhere and go on later, here or in ddrescue.
 */
import { TRANSFER_BYTES } from '../../../shared/limits.ts'
import { alignedBuffer } from '../../bytes/aligned-buffer.ts'
import { copyPass, type Direction } from './copy-pass.ts'
import type { RescuePhase, RescuePosition } from './mapfile.ts'
import { type RescueParts, RescueReader } from './rescue-reader.ts'
import { retryPass, scrapePass, trimPass } from './sector-passes.ts'

/** Hurrying forwards, then back to where the skipped places end, then through what is left of them. */
const COPY_PASSES: readonly { readonly direction: Direction; readonly skips: boolean }[] = [
  { direction: 'forwards', skips: true },
  { direction: 'backwards', skips: true },
  { direction: 'forwards', skips: false },
]

export interface RescueOptions extends RescueParts {
  /** Passes over the bad sectors at the end. */
  readonly retries: number
  /** Where an earlier rescue of this map stood. */
  readonly from: RescuePosition | null
}

export class Rescue {
  readonly #options: RescueOptions
  readonly #reader: RescueReader
  #phase: RescuePhase = 'copy'
  #pass = 1
  #positionBytes = 0

  constructor(options: RescueOptions) {
    this.#options = options
    const turn: RescueParts['turn'] = (moment) => {
      this.#positionBytes = moment.positionBytes
      return options.turn(moment)
    }
    this.#reader = new RescueReader({ ...options, turn }, alignedBuffer(TRANSFER_BYTES))
  }

  /** What it is doing, for the map and for people. */
  get position(): RescuePosition {
    return { phase: this.#phase, pass: this.#pass, positionBytes: this.#positionBytes }
  }

  /** Rejects with a Problem when it can't go on; the map then tells what was done. */
  async run(): Promise<void> {
    await this.#copy()
    this.#begin('trim', 1)
    await trimPass(this.#reader)
    this.#begin('scrape', 1)
    await scrapePass(this.#reader)
    for (let pass = 1; pass <= this.#options.retries && this.#options.map.unreadBytes > 0; pass++) {
      this.#begin('retry', pass)
      await retryPass(this.#reader, pass % 2 === 1 ? 'forwards' : 'backwards')
    }
    this.#begin('finished', 1)
  }

  async #copy(): Promise<void> {
    const { map, from } = this.#options
    const resumed = from?.phase === 'copy' && from.pass <= COPY_PASSES.length ? from : null
    for (const [index, pass] of COPY_PASSES.entries()) {
      const number = index + 1
      if (resumed !== null && number < resumed.pass) continue
      this.#begin('copy', number)
      const start = pass.direction === 'forwards' ? 0 : map.sizeBytes
      const fromBytes = resumed?.pass === number ? Math.min(resumed.positionBytes, map.sizeBytes) : start
      await copyPass(this.#reader, { ...pass, fromBytes })
    }
  }

  #begin(phase: RescuePhase, pass: number): void {
    this.#phase = phase
    this.#pass = pass
  }
}
