/** What an image that is open can be converted to. */
import { join } from 'node:path'
import type { ConvertOffer } from '../../../shared/convert.ts'
import { Problem } from '../../../shared/problem.ts'
import type { ConvertSource } from './convert-source.ts'
import type { ImageWriter } from './image-writer.ts'
import { writers } from './writer-table.ts'

/**
 * In the order of the table, but formats of sound first where there is nothing else; also what can't be done, with the
 * reason. Nothing is read of the contents.
 */
export async function convertOffers(source: ConvertSource): Promise<ConvertOffer[]> {
  const isSound = source.dataTracks.length === 0
  const inOrder = writers.toSorted((a, b) => (isSound ? Number(b.isOfSound ?? false) - Number(a.isOfSound ?? false) : 0))
  const offers: ConvertOffer[] = []
  for (const writer of inOrder) offers.push(await offerOf(writer, source))
  return offers
}

async function offerOf(writer: ImageWriter, source: ConvertSource): Promise<ConvertOffer> {
  const { format, title, extension } = writer
  try {
    const files = await writer.plan(source, join('/', `out${extension}`))
    const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0)
    return { format, title, extension, sizeBytes, losses: writer.losses(source), problem: null }
  } catch (error) {
    if (!(error instanceof Problem) || error.report.kind === 'bug') throw error
    return { format, title, extension, sizeBytes: 0, losses: [], problem: error.report }
  }
}
