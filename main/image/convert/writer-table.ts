/** Every format that images are converted to, one line each; the first with an ending is meant by it. */
import type { ConvertFormat } from '../../../shared/convert.ts'
import { Problem } from '../../../shared/problem.ts'
import { flacWriter, wavWriter } from './audio-writer.ts'
import { binCueWriter } from './bin-cue-writer.ts'
import { chdWriter } from './chd-writer.ts'
import type { ImageWriter } from './image-writer.ts'
import { isoWriter } from './iso-writer.ts'
import { csoWriter, gzipWriter, zstdWriter } from './packed-writers.ts'

export const writers: readonly ImageWriter[] = [
  isoWriter,
  binCueWriter,
  chdWriter,
  csoWriter,
  gzipWriter,
  zstdWriter,
  wavWriter,
  flacWriter,
]

/** Other endings that say the same. */
const otherEndings: Readonly<Record<string, string>> = { '.bin': 'bin-cue', '.wave': 'wav', '.gz': 'gz', '.zst': 'zst' }

export const convertFormats = (): ConvertFormat[] => writers.map(({ format, title, extension }) => ({ format, title, extension }))

/** By name, or by the ending of the file when there is none. Throws a `usage` Problem when nothing is meant. */
export function writerFor(format: string | null, outPath: string): ImageWriter {
  const name = outPath.toLowerCase()
  const byEnding = Object.entries(otherEndings).find(([ending]) => name.endsWith(ending))?.[1]
  const wanted = format?.toLowerCase() ?? byEnding
  const writer = writers.find((candidate) => (wanted === undefined ? name.endsWith(candidate.extension) : candidate.format === wanted))
  if (writer !== undefined) return writer
  const known = writers.map((candidate) => `${candidate.format} (${candidate.extension})`).join(', ')
  throw new Problem({
    kind: 'usage',
    code: 'unknown-format',
    message: format === null ? `The ending of ‘${outPath}’ tells no format.` : `There is no format ${format}.`,
    kept: 'Nothing was written.',
    advice: `There are: ${known}. Say which with --format.`,
  })
}
