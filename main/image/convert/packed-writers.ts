/** Packed images: the user data of a track as CSO, gzip or Zstandard. */
import type { ByteSource, ImageSource } from '../../bytes/byte-source.ts'
import { openCso } from '../../containers/cso/cso-source.ts'
import { csoBytes, writeCso } from '../../containers/cso/cso-writer.ts'
import { openGzipMembers } from '../../containers/gzip/gzip-members.ts'
import { gzipBytes, writeGzip } from '../../containers/gzip/gzip-writer.ts'
import { packedDamage } from '../../containers/packed-problem.ts'
import type { PackedOutput, Pieces } from '../../containers/packing/packed-output.ts'
import { zstdFrames } from '../../containers/zstandard/zstd-frames.ts'
import { zstdBytes } from '../../containers/zstandard/zstd-size.ts'
import { openZstdFrames } from '../../containers/zstandard/zstd-source.ts'
import type { ImageWriter } from './image-writer.ts'
import { standaloneImage } from './iso-writer.ts'
import { lossesBesideData } from './losses.ts'

interface Packing {
  readonly format: string
  readonly title: string
  readonly extension: string
  /** At most. */
  readonly sizeBytes: (contentBytes: number) => number
  readonly write: (pieces: Pieces, contentBytes: number, out: PackedOutput) => Promise<void>
  readonly open: (written: ImageSource) => ByteSource | null | Promise<ByteSource | null>
}

const packs = ({ format, title, extension, sizeBytes, write, open }: Packing): ImageWriter => ({
  format,
  title,
  extension,
  losses: lossesBesideData,
  plan: (source, outPath) => {
    const content = standaloneImage(source.dataPlace)
    const reopen = async (written: ImageSource): Promise<ByteSource> => {
      const opened = await open(written)
      if (opened === null) throw packedDamage('it is not as it was written')
      return opened
    }
    const bytes = sizeBytes(content.sizeBytes)
    return [{ path: outPath, sizeBytes: bytes, content, write: (pieces, out) => write(pieces, content.sizeBytes, out), reopen }]
  },
})

export const gzipWriter = packs({
  format: 'gz',
  title: 'ISO image in gzip',
  extension: '.iso.gz',
  sizeBytes: gzipBytes,
  write: (pieces, _, out) => writeGzip(pieces, out),
  open: openGzipMembers,
})

export const zstdWriter = packs({
  format: 'zst',
  title: 'ISO image in Zstandard',
  extension: '.iso.zst',
  sizeBytes: zstdBytes,
  write: async (pieces, _, out) => (await import('../../containers/zstandard/zstd-writer.ts')).writeZstd(pieces, out),
  open: (written) => openZstdFrames(written, zstdFrames(written)),
})

export const csoWriter = packs({
  format: 'cso',
  title: 'CSO',
  extension: '.cso',
  sizeBytes: csoBytes,
  write: writeCso,
  open: openCso,
})
