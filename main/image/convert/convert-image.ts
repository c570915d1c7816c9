/** Converts an image: what is lost is said first, what is written is read again, and it appears only when it is right. */
import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { ConvertForecast, ConvertRequest, ConvertResult } from '../../../shared/convert.ts'
import type { JobControl } from '../../../shared/job.ts'
import { Problem } from '../../../shared/problem.ts'
import type { OpeningControl } from '../../containers/opening-control.ts'
import { requireNotSource, targetName } from '../../output/atomic-output.ts'
import { targetExists } from '../../output/output-problems.ts'
import { requireRoom, requireWritable } from '../create/target-check.ts'
import { Conversion } from './conversion.ts'
import { ConvertSource } from './convert-source.ts'
import type { ImageWriter, PlannedFile } from './image-writer.ts'
import { writerFor } from './writer-table.ts'

/** Throws Problems: `usage` where something is lost and that was not accepted, or the format can't hold the image; `io`, `image`, cancelled. */
export async function convertImage(request: ConvertRequest, control: JobControl): Promise<ConvertResult> {
  const conversion = await ImageConversion.open(request, control)
  try {
    return await conversion.run(request, control)
  } finally {
    conversion.close()
  }
}

/** What a conversion would come to; nothing is written. Throws what can be told beforehand. */
export async function forecastConversion(wanted: WantedConversion, control: OpeningControl): Promise<ConvertForecast> {
  const conversion = await ImageConversion.open(wanted, control)
  try {
    return await conversion.forecast()
  } finally {
    conversion.close()
  }
}

export type WantedConversion = Pick<ConvertRequest, 'imagePath' | 'outPath' | 'format' | 'track'>

/** An image that is open to be converted: a file that has to be expanded whole is expanded once, for forecast and conversion. */
export class ImageConversion {
  readonly #source: ConvertSource
  readonly #writer: ImageWriter
  readonly #outPath: string

  private constructor(source: ConvertSource, writer: ImageWriter, outPath: string) {
    this.#source = source
    this.#writer = writer
    this.#outPath = outPath
  }

  /** Throws what opening throws, and a `usage` Problem when no format is meant. */
  static async open({ imagePath, outPath, format, track }: WantedConversion, control: OpeningControl): Promise<ImageConversion> {
    const writer = writerFor(format, outPath)
    return new ImageConversion(await ConvertSource.open(imagePath, track, control), writer, outPath)
  }

  async forecast(): Promise<ConvertForecast> {
    const { format, title } = this.#writer
    const losses = this.#writer.losses(this.#source)
    const files = await this.#writer.plan(this.#source, this.#outPath)
    const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0)
    return { format, title, sizeBytes, files: files.map(({ path }) => targetName(path)), losses }
  }

  /** Throws what `convertImage` throws; then nothing was written. */
  async run({ overwrite, acceptsLoss }: Pick<ConvertRequest, 'overwrite' | 'acceptsLoss'>, control: JobControl): Promise<ConvertResult> {
    const startedMs = Date.now()
    const source = this.#source
    const { format, title } = this.#writer
    const losses = this.#writer.losses(source)
    const files = await plannedFiles(this.#writer, source, { outPath: this.#outPath, overwrite })
    const serious = losses.filter(({ isMinor }) => !isMinor)
    if (serious.length > 0 && !acceptsLoss) throw wouldLose(serious.map(({ message }) => message))
    for (const { message } of losses) control.log('warning', message)
    for (const { severity, message } of source.log.list()) if (severity === 'damaged') control.log('warning', message)
    if (files.every(({ content }) => (content?.sizeBytes ?? 0) === 0)) throw nothingThere(source.path)
    if (!this.#writer.isOfSound && source.dataTracks.length > 0 && !source.hasFiles) control.log('warning', noFiles(source.path))
    const written = await new Conversion(source, files, overwrite, control).run()
    const sizeBytes = written.reduce((sum, file) => sum + file.sizeBytes, 0)
    const path = resolve(this.#outPath)
    return { kind: 'convert', path, format, title, sizeBytes, files: written, losses, durationMs: Date.now() - startedMs }
  }

  close(): void {
    this.#source.close()
  }
}

async function plannedFiles(
  writer: ImageWriter,
  source: ConvertSource,
  request: Pick<ConvertRequest, 'outPath' | 'overwrite'>,
): Promise<PlannedFile[]> {
  const outPath = resolve(request.outPath)
  requireWritable(outPath)
  const files = await writer.plan(source, outPath)
  for (const { path } of files) {
    for (const sourcePath of source.files) requireNotSource(path, sourcePath)
    if (!request.overwrite && statSync(path, { throwIfNoEntry: false }) !== undefined) throw targetExists(path)
  }
  requireRoom(outPath, Math.max(...files.map(({ sizeBytes }) => sizeBytes)))
  requireRoom(
    outPath,
    files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
  )
  return files
}

function wouldLose(messages: readonly string[]): Problem {
  return new Problem({
    kind: 'usage',
    code: 'would-lose',
    message: messages.join(' '),
    kept: 'Nothing was written.',
    advice: 'If that is what you want, say --yes; BIN/CUE holds more of a CD than an ISO image.',
  })
}

/** What other systems read may be in it: games of consoles, disks of a Mac. */
const noFiles = (path: string): string => `No file system that Isomer reads was found in ${path}; its bytes are taken as they are.`

function nothingThere(path: string): Problem {
  return new Problem({
    kind: 'image',
    code: 'nothing-to-convert',
    message: `${path} holds nothing that could be converted: its tracks are empty.`,
    kept: 'Nothing was written.',
    advice: 'isomer info tells what is missing.',
  })
}
