/** Converts an image to every format that is written: what comes of it is whole and can be opened, or nothing is left. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { ConvertResult } from '../../../../shared/convert.ts'
import { Problem } from '../../../../shared/problem.ts'
import { FindingLog } from '../../../bytes/finding-log.ts'
import { openContainer } from '../../../containers/open-container.ts'
import { ImageConversion } from '../../convert/convert-image.ts'
import { convertFormats } from '../../convert/writer-table.ts'
import { quietControl } from '../quiet-control.ts'
import { OrdealFailure, requirePlain } from './ordeal-failure.ts'

/** A sheet may ask for an hour of silence; writing that is right, but not worth the time here. */
const MAX_OUTPUT_BYTES = 4 * 1024 * 1024

const control = quietControl()

/** `scratch` is an empty folder that is left empty. */
export async function convertToAll(imagePath: string, scratch: string): Promise<void> {
  for (const { format, extension } of convertFormats()) {
    const outPath = join(scratch, `out${extension}`)
    const result = await converted(imagePath, outPath, format)
    const left = readdirSync(scratch).sort()
    if (result === null && left.length > 0) throw new OrdealFailure(`a conversion to ${format} that failed left ${left.join(', ')}`)
    if (result !== null) await requireWhole(result, left, scratch)
    for (const name of left) rmSync(join(scratch, name))
  }
}

/** Null when it can't be, or is too large for here. */
async function converted(imagePath: string, outPath: string, format: string): Promise<ConvertResult | null> {
  let conversion: ImageConversion | null = null
  try {
    conversion = await ImageConversion.open({ imagePath, outPath, format }, control)
    const forecast = await conversion.forecast()
    requirePlain(forecast)
    if (forecast.sizeBytes > MAX_OUTPUT_BYTES) return null
    return await conversion.run({ overwrite: false, acceptsLoss: true }, control)
  } catch (error) {
    if (!(error instanceof Problem) || error.report.kind === 'bug') throw error
    requirePlain(error.report)
    // What was written is read again at once: that it is something else is our fault, or the disk's.
    if (error.report.code === 'read-back-differs') throw new OrdealFailure(`${format}: ${error.message}`)
    return null
  } finally {
    conversion?.close()
  }
}

async function requireWhole({ path, files, format }: ConvertResult, left: readonly string[], scratch: string): Promise<void> {
  const named = files.map((file) => basename(file.path)).sort()
  if (named.join() !== left.join()) throw new OrdealFailure(`${format}: ${left.join(', ')} written, ${named.join(', ')} said`)
  for (const file of files) {
    const bytes = readFileSync(join(scratch, basename(file.path)))
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    if (bytes.length !== file.sizeBytes || sha256 !== file.sha256) throw new OrdealFailure(`${format}: ${file.path} is not what was said`)
  }
  const opened = files.find((file) => file.path.endsWith('.cue'))?.path ?? path
  const log = new FindingLog()
  const file = await ownResult(opened, log)
  file.close()
  const damage = log.list().find(({ code, severity }) => severity === 'damaged' && !isOfTheSource(format, code))
  if (damage !== undefined) throw new OrdealFailure(`${format}: what was written is damaged: ${damage.message}`)
}

/** Sound that ends within a sector keeps all its samples. */
const isOfTheSource = (format: string, code: string): boolean => code === 'partial-track' && (format === 'wav' || format === 'flac')

async function ownResult(path: string, log: FindingLog): ReturnType<typeof openContainer> {
  try {
    return await openContainer(path, log)
  } catch (error) {
    throw new OrdealFailure(`${basename(path)}, which was written, can't be opened: ${error instanceof Error ? error.stack : error}`)
  }
}
