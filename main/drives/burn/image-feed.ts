/** Puts an image into a program while it is laid out, never faster than the program takes it. */
import { once } from 'node:events'
import type { Writable } from 'node:stream'
import type { JobControl } from '../../../shared/job.ts'
import type { DriveWork } from '../drive-adapter.ts'
import { SectorChecksums } from '../sector-checksums.ts'

/** Bytes that may wait for the program. */
const MOST_WAITING_BYTES = 4 * 1024 * 1024

export interface FedImage {
  readonly sizeBytes: number
  readonly sha256: string | null
  readonly checksums: SectorChecksums
}

/** Lays something out, tells its exact size, and gives it piece by piece, in order. */
export type ImageStream = (
  request: { readonly onPlanned: (sizeBytes: number) => Promise<void>; readonly write: (bytes: Uint8Array) => void },
  control: JobControl,
) => Promise<Pick<FedImage, 'sizeBytes' | 'sha256'>>

/**
 * Lays the image out, has the program started when its size is known, and gives it every byte. Rejects with a Problem of
 * sources, of the program, or a cancel; the input is then left open, so that the program does not take a part for the whole.
 */
export async function feedImage(
  stream: ImageStream,
  start: (sizeBytes: number) => Promise<DriveWork>,
  control: JobControl,
): Promise<FedImage> {
  const feed = new Feed(control)
  const { sizeBytes, sha256 } = await stream(
    {
      onPlanned: async (plannedBytes) => feed.open(await start(plannedBytes), new SectorChecksums(plannedBytes)),
      write: (bytes) => feed.write(bytes),
    },
    feed.control,
  )
  return { sizeBytes, sha256, checksums: await feed.close() }
}

class Feed {
  /** The job's own control, which besides holds the layout back while the program has enough to do. */
  readonly control: JobControl
  #input: Writable | null = null
  #checksums: SectorChecksums | null = null
  #failure: { readonly thrown: unknown } | null = null
  #ended: Promise<void> = Promise.resolve()

  constructor(control: JobControl) {
    this.control = {
      checkpoint: () => (this.#mustWait ? this.#untilTaken(control) : control.checkpoint()),
      // Progress is what the program has written, not what it was given.
      progress: (progress) => {
        if (progress.phase !== 'write') control.progress(progress)
      },
      log: (level, text) => control.log(level, text),
      temporary: (path) => control.temporary(path),
    }
  }

  open(work: DriveWork, checksums: SectorChecksums): void {
    this.#input = work.input
    this.#checksums = checksums
    this.#ended = work.ended.catch((thrown: unknown) => {
      this.#failure = { thrown }
    })
  }

  write(bytes: Uint8Array): void {
    this.#checksums?.take(bytes)
    this.#input?.write(Buffer.from(bytes))
  }

  async close(): Promise<SectorChecksums> {
    const input = this.#input
    if (input !== null && this.#failure === null) {
      await Promise.race([new Promise<void>((done) => input.end(done)), this.#ended])
    }
    this.#throwFailure()
    return this.#checksums as SectorChecksums
  }

  get #mustWait(): boolean {
    return this.#failure !== null || (this.#input?.writableLength ?? 0) > MOST_WAITING_BYTES
  }

  async #untilTaken(control: JobControl): Promise<void> {
    while (this.#mustWait) {
      this.#throwFailure()
      await control.checkpoint()
      await Promise.race([this.#input === null ? null : once(this.#input, 'drain'), this.#ended, pause()])
    }
  }

  #throwFailure(): void {
    if (this.#failure !== null) throw this.#failure.thrown
  }
}

/** A drive may take nothing for a while; a cancel has to be noticed all the same. */
const NOTICE_MS = 100
const pause = () => new Promise((done) => setTimeout(done, NOTICE_MS))
