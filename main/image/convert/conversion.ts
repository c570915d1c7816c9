/** Writes what a conversion planned: each file is summed up while it is read, read again, and compared, before all appear. */
import { createHash } from 'node:crypto'
import { rmSync, statSync } from 'node:fs'
import type { ConvertedFile } from '../../../shared/convert.ts'
import type { JobControl } from '../../../shared/job.ts'
import { TRANSFER_BYTES } from '../../../shared/limits.ts'
import { Problem } from '../../../shared/problem.ts'
import { type ByteSource, FileByteSource } from '../../bytes/byte-source.ts'
import { ParallelDigest } from '../../bytes/parallel-digest.ts'
import { fileSink, SequentialWriter, writeFully } from '../../bytes/sequential-writer.ts'
import { sumOfSource } from '../../bytes/source-sum.ts'
import { type AtomicOutput, openAtomicOutput, targetName } from '../../output/atomic-output.ts'
import { outputProblem } from '../../output/output-problems.ts'
import type { ConvertSource } from './convert-source.ts'
import type { OutputStream, PlannedFile } from './image-writer.ts'

/** What is written over what was left free. */
interface Patch {
  readonly positionBytes: number
  readonly bytes: Uint8Array
}

const outputOf = (writer: SequentialWriter, patches: Patch[]): OutputStream => ({
  get positionBytes() {
    return writer.positionBytes
  },
  append: (bytes) => writer.append(bytes),
  zeros: (count) => writer.zeros(count),
  patch: (positionBytes, bytes) => void patches.push({ positionBytes, bytes }),
})

interface Written extends ConvertedFile {
  readonly output: AtomicOutput
  readonly isNew: boolean
}

/** The files of one conversion: all appear, or none. */
export class Conversion {
  readonly #source: ConvertSource
  readonly #files: readonly PlannedFile[]
  readonly #overwrite: boolean
  readonly #control: JobControl
  readonly #totalBytes: number
  #doneBytes = 0

  constructor(source: ConvertSource, files: readonly PlannedFile[], overwrite: boolean, control: JobControl) {
    this.#source = source
    this.#files = files
    this.#overwrite = overwrite
    this.#control = control
    this.#totalBytes = files.reduce((sum, { content }) => sum + (content?.sizeBytes ?? 0), 0)
  }

  /** Everything under temporary names first; then all appear, or none. */
  async run(): Promise<ConvertedFile[]> {
    const written: Written[] = []
    try {
      for (const file of this.#files) written.push(await this.#write(file))
      this.#source.assertUnchanged()
      await commitAll(written)
      return written.map(({ path, sizeBytes, sha256, contentSha256 }) => ({ path, sizeBytes, sha256, contentSha256 }))
    } catch (error) {
      for (const { output } of written) output.discard()
      throw error
    }
  }

  async #write(file: PlannedFile): Promise<Written> {
    const isNew = statSync(file.path, { throwIfNoEntry: false }) === undefined
    let temporary = ''
    const output = openAtomicOutput(file.path, this.#overwrite, {
      ...bound(this.#control),
      temporary: (path) => {
        if (path !== null) temporary = path
        this.#control.temporary(path)
      },
    })
    const writer = new SequentialWriter(fileSink(output.fd), new ParallelDigest())
    try {
      const read = createHash('sha256')
      const patches: Patch[] = []
      await file.write(this.#pieces(file, read), outputOf(writer, patches))
      const written = (await writer.finish()) ?? ''
      const sizeBytes = writer.positionBytes
      for (const { positionBytes, bytes } of patches) writeFully(output.fd, bytes, positionBytes)
      const sha256 = patches.length === 0 ? written : await this.#sumOfFile(temporary, file.path)
      const contentSha256 = file.content === null ? null : read.digest('hex')
      if (contentSha256 !== null) await this.#readBack(file, temporary, contentSha256)
      return { path: file.path, sizeBytes, sha256, contentSha256, output, isNew }
    } catch (error) {
      await writer.abandon()
      output.discard()
      throw error instanceof Problem ? error : outputProblem(file.path, error)
    }
  }

  /** The content in pieces, summed up on the way. Throws an `image` Problem where the image ends before it should. */
  async *#pieces({ content, path }: PlannedFile, read: ReturnType<typeof createHash>): AsyncGenerator<Uint8Array> {
    if (content === null) return
    const piece = Buffer.allocUnsafe(TRANSFER_BYTES)
    for (let at = 0; at < content.sizeBytes; ) {
      const got = content.read(at, piece.subarray(0, Math.min(piece.length, content.sizeBytes - at)))
      if (got === 0) throw endsEarly(this.#source.path)
      const part = piece.subarray(0, got)
      read.update(part)
      yield part
      at += got
      this.#doneBytes += got
      await this.#tell('write', this.#doneBytes, path)
    }
  }

  /** What was written, as it will be read, must be what was read. */
  async #readBack({ path, reopen }: PlannedFile, temporary: string, contentSha256: string): Promise<void> {
    const file = FileByteSource.open(temporary)
    try {
      if ((await this.#sumOf(await reopen(file), path)) !== contentSha256) throw readBackDiffers(path)
    } finally {
      file.close()
    }
  }

  async #sumOfFile(temporary: string, path: string): Promise<string> {
    const file = FileByteSource.open(temporary)
    try {
      return await this.#sumOf(file, path)
    } finally {
      file.close()
    }
  }

  #sumOf(source: ByteSource, path: string): Promise<string> {
    return sumOfSource(source, 'sha256', (doneBytes) => this.#tell('verify', doneBytes, path))
  }

  async #tell(phase: 'write' | 'verify', doneBytes: number, path: string): Promise<void> {
    const turn = this.#control.checkpoint()
    if (turn === undefined) return
    this.#control.progress({ phase, doneBytes, totalBytes: this.#totalBytes, doneItems: 0, current: targetName(path) })
    await turn
  }
}

const bound = (control: JobControl): JobControl => ({
  checkpoint: () => control.checkpoint(),
  progress: (progress) => control.progress(progress),
  log: (level, text) => control.log(level, text),
  temporary: (path) => control.temporary(path),
})

/** All take their names; when one can't, those that took theirs and were new go again. */
async function commitAll(written: readonly Written[]): Promise<void> {
  const done: Written[] = []
  try {
    for (const file of written) {
      await file.output.commit()
      done.push(file)
    }
  } catch (error) {
    for (const { path, isNew } of done) if (isNew) rmSync(path, { force: true })
    throw error
  }
}

function endsEarly(path: string): Problem {
  return new Problem({
    kind: 'image',
    code: 'image-cut-off',
    message: `${path} ends before its last track does: it was cut off.`,
    kept: 'Nothing was written.',
    advice: 'Get it again. isomer info tells which tracks are whole.',
  })
}

function readBackDiffers(path: string): Problem {
  return new Problem({
    kind: 'io',
    code: 'read-back-differs',
    message: `What was written to ‘${targetName(path)}’ is not what is read from there.`,
    kept: 'Nothing was kept of it.',
    advice: 'The disk may be failing. Try another one.',
  })
}
