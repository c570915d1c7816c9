/** CHD: all tracks of a CD, or the sectors of a DVD. */
import type { Loss } from '../../../shared/convert.ts'
import { Problem } from '../../../shared/problem.ts'
import { cdContent, dvdContent } from '../../containers/chd/chd-contents.ts'
import { readChdFacts } from '../../containers/chd/chd-header.ts'
import { openChdContent } from '../../containers/chd/chd-source.ts'
import { type ChdContent, chdBytes, writeChd } from '../../containers/chd/chd-writer.ts'
import { sessionCount } from '../../containers/container.ts'
import type { ConvertSource } from './convert-source.ts'
import type { ImageWriter } from './image-writer.ts'
import { standaloneImage } from './iso-writer.ts'
import { lossesBesideData, lossesOfSheet } from './losses.ts'

export const chdWriter: ImageWriter = {
  format: 'chd',
  title: 'CHD',
  extension: '.chd',
  losses: (source) => (source.isCd ? lossesOfCd(source) : lossesBesideData(source)),
  plan: (source, outPath) => {
    const { content, units } = contentOf(source)
    return [
      {
        path: outPath,
        sizeBytes: chdBytes(content),
        content: units,
        write: (pieces, out) => writeChd(pieces, content, out),
        reopen: (written) => openChdContent(written, readChdFacts(written)),
      },
    ]
  },
}

/** As chdman's createcd and createdvd would. */
function contentOf(source: ConvertSource) {
  if (source.disc.medium === 'gd') throw notForGdRoms(source)
  if (source.isCd) return cdContent(source.wanted === null ? source.disc.tracks : [source.wanted])
  const units = standaloneImage(source.dataPlace)
  const content: ChdContent = dvdContent(units.sizeBytes)
  return { content, units }
}

function lossesOfCd(source: ConvertSource): Loss[] {
  const { disc } = source
  const losses = lossesOfSheet(source).filter(({ kind }) => kind !== 'sessions' && kind !== 'text')
  if (sessionCount(disc) > 1)
    losses.push({ kind: 'sessions', message: 'Where sessions begin will be lost: CHD has tracks only.', isMinor: false })
  const hasWords = disc.hasCdText || disc.catalog !== null || disc.tracks.some(({ title, isrc }) => title !== null || isrc !== null)
  if (hasWords) losses.push({ kind: 'text', message: 'Titles and catalogue numbers will be missing.', isMinor: true })
  return losses
}

function notForGdRoms({ path }: ConvertSource): Problem {
  return new Problem({
    kind: 'usage',
    code: 'not-for-gd-roms',
    message: `${path} is a GD-ROM, which Isomer does not write as CHD.`,
    kept: 'Nothing was written.',
    advice: 'chdman createcd does.',
  })
}
