/** A ZIP archive with one image in it, or one disc of several files: what is stored is read where it is, anything else is expanded once. */
import { crc32 } from 'node:zlib'
import { formatCount } from '../../../shared/format.ts'
import { type ByteSource, WindowByteSource } from '../../bytes/byte-source.ts'
import type { Candidate, Unwrapped } from '../container-format.ts'
import { lastPart } from '../neighbours.ts'
import { packedDamage, packedRefusal } from '../packed-problem.ts'
import { inflatedPieces } from '../unpack/inflated-pieces.ts'
import { unpack } from '../unpack/unpack.ts'
import { describingEntry, unwrapDisc } from './archived-disc.ts'
import { contentAt, type ZipEntry, zipEntries } from './zip-directory.ts'

const STORED = 0
const DEFLATED = 8
const NAMES_TOLD = 3

/** The one image, or a disc of several files. Throws an `image` Problem when there are others, or it is packed in another way. */
export async function unwrapZip(candidate: Candidate): Promise<Unwrapped> {
  const { path, source } = candidate
  const entries = zipEntries(source)
  const description = entries.length > 1 ? describingEntry(entries) : null
  if (description !== null) return unwrapDisc(source, entries, description, (entry) => contentOf(candidate, entry))
  const entry = onlyEntry(path, entries)
  return { source: await contentOf(candidate, entry), name: lastPart(entry.name) }
}

async function contentOf({ path, source, log, control }: Candidate, entry: ZipEntry): Promise<ByteSource> {
  if (entry.isEncrypted)
    throw packedRefusal('packed-encrypted', `${path} is locked with a password.`, 'Unpack it with 7-Zip and open what is in it.')
  if (entry.method !== STORED && entry.method !== DEFLATED) {
    const message = `${path} is packed in a way that Isomer does not know (method ${entry.method}).`
    throw packedRefusal('packed-version', message, 'Unpack it with 7-Zip and open what is in it.')
  }
  const packed = new WindowByteSource(source, contentAt(source, entry), entry.packedBytes)
  if (entry.method === STORED) return packed
  const piecesOf = (stored: ByteSource) => checkedPieces(stored, entry)
  return unpack({ path, stored: packed, claimedBytes: entry.contentBytes, piecesOf }, { log, control })
}

function onlyEntry(path: string, entries: readonly ZipEntry[]): ZipEntry {
  const [entry] = entries
  if (entry !== undefined && entries.length === 1) return entry
  const advice = 'Isomer opens archives of one image. Unpack it, and open the image that is in it.'
  throw packedRefusal('packed-several', contentSentence(path, entries), advice)
}

function contentSentence(path: string, entries: readonly ZipEntry[]): string {
  if (entries.length === 0) return `${path} is a ZIP archive with no file.`
  const files = formatCount(entries.length, 'file', 'files')
  const names = entries.slice(0, NAMES_TOLD).map(({ name }) => lastPart(name))
  return entries.length > NAMES_TOLD
    ? `${path} is a ZIP archive with ${files}: ${names.join(', ')} and others.`
    : `${path} is a ZIP archive with ${files}: ${names.join(', ')}.`
}

async function* checkedPieces(packed: ByteSource, { contentBytes, crc32: stands }: ZipEntry): AsyncGenerator<Uint8Array> {
  let sum = 0
  let done = 0
  for await (const piece of inflatedPieces(packed, 'raw')) {
    sum = crc32(piece, sum)
    done += piece.length
    if (done > contentBytes) throw packedDamage('it holds more than its list of files says')
    yield piece
  }
  if (done < contentBytes) throw packedDamage('it is cut off')
  if (sum >>> 0 !== stands) throw packedDamage('it does not have the checksum that it should have')
}
