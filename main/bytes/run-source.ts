/** Runs of a source's bytes put together as one source: the content of a file in an image. */
import type { ByteSource } from './byte-source.ts'

export interface ContentRun {
  readonly lengthBytes: number
  /** In the image; null for bytes that were never recorded and so are zeros. */
  readonly offsetBytes: number | null
}

export class RunSource implements ByteSource {
  readonly sizeBytes: number
  readonly #image: Pick<ByteSource, 'read'>
  readonly #runs: readonly ContentRun[]
  /** Where each run begins in the content. */
  readonly #starts: Float64Array

  constructor(image: Pick<ByteSource, 'read'>, runs: readonly ContentRun[]) {
    this.#image = image
    this.#runs = runs
    this.#starts = new Float64Array(runs.length)
    let sizeBytes = 0
    for (const [i, run] of runs.entries()) {
      this.#starts[i] = sizeBytes
      sizeBytes += run.lengthBytes
    }
    this.sizeBytes = sizeBytes
  }

  /** Fewer bytes than asked for also where the image ends before a run does. */
  read(offsetBytes: number, target: Uint8Array): number {
    let done = 0
    for (let i = this.#runAt(offsetBytes); i < this.#runs.length && done < target.length; i++) {
      const run = this.#runs[i] as ContentRun
      const within = offsetBytes + done - (this.#starts[i] as number)
      const wanted = Math.min(target.length - done, run.lengthBytes - within)
      const part = target.subarray(done, done + wanted)
      if (run.offsetBytes === null) part.fill(0)
      else {
        const got = this.#image.read(run.offsetBytes + within, part)
        if (got < wanted) return done + got
      }
      done += wanted
    }
    return done
  }

  close(): void {}

  /** Index of the run that holds this byte. */
  #runAt(offsetBytes: number): number {
    if (offsetBytes < 0 || offsetBytes >= this.sizeBytes) return this.#runs.length
    let low = 0
    let high = this.#runs.length - 1
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if ((this.#starts[middle] as number) <= offsetBytes) low = middle
      else high = middle - 1
    }
    return low
  }
}
