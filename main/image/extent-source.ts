/** The recorded bytes of an entry as one source, over its extents. */
import type { ByteSource } from '../bytes/byte-source.ts'
import type { ImageEntry, ImageView } from './image-view.ts'

interface Run {
  readonly startBytes: number
  readonly offsetBytes: number
  readonly lengthBytes: number
}

export class ExtentSource implements ByteSource {
  readonly sizeBytes: number
  readonly #image: ByteSource
  readonly #runs: Run[] = []

  constructor(view: ImageView, entry: ImageEntry, image: ByteSource) {
    this.#image = image
    let startBytes = 0
    for (const extent of entry.extents) {
      this.#runs.push({ startBytes, offsetBytes: view.offsetBytes(extent), lengthBytes: extent.lengthBytes })
      startBytes += extent.lengthBytes
    }
    this.sizeBytes = startBytes
  }

  /** Fewer bytes than asked for also where the image ends before the extent does. */
  read(offsetBytes: number, target: Uint8Array): number {
    let done = 0
    for (const run of this.#runs) {
      const within = offsetBytes + done - run.startBytes
      if (within < 0 || within >= run.lengthBytes) continue
      const wanted = Math.min(target.length - done, run.lengthBytes - within)
      const got = this.#image.read(run.offsetBytes + within, target.subarray(done, done + wanted))
      done += got
      if (got < wanted || done === target.length) break
    }
    return done
  }

  close(): void {}
}
