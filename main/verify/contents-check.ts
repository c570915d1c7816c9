/** Compares the files inside an image with the checksum files inside it. */
import { createHash } from 'node:crypto'
import { isChecksumName } from '../../shared/checksum-names.ts'
import type { DigestKind } from '../../shared/digest.ts'
import type { JobControl } from '../../shared/job.ts'
import { MAX_CHECKSUM_FILE_BYTES, MAX_LINKED_FILES, TRANSFER_BYTES } from '../../shared/limits.ts'
import { Problem } from '../../shared/problem.ts'
import type { ContentsReport } from '../../shared/verify.ts'
import { alignedBuffer } from '../bytes/aligned-buffer.ts'
import { readUpTo } from '../bytes/byte-source.ts'
import { FindingLog } from '../bytes/finding-log.ts'
import { entryContent } from '../image/entry-content.ts'
import type { ImageEntry, ImageView } from '../image/image-view.ts'
import type { OpenImage } from '../image/open-image.ts'
import { walkView } from '../image/walk-view.ts'
import { type ChecksumEntry, type ChecksumFile, parseChecksumFile } from './checksum-file.ts'
import { cryptoName } from './crypto-name.ts'
import { followPath } from './follow-path.ts'
import { NameKeeper } from './named-files.ts'
import { blake2bDigest, crc32Digest } from './own-digests.ts'
import { decodeText } from './text-of-file.ts'

interface InnerList {
  readonly path: string
  readonly list: ChecksumFile
}

/** The checksum files in the image's top folder. Damage to the folder itself is left to whoever checks the image. */
export function innerLists(image: OpenImage): InnerList[] {
  const view = image.view('auto')
  const found: InnerList[] = []
  for (const entry of view.children(view.root)) {
    if (entry.type !== 'file' || entry.unreadable !== null || entry.sizeBytes > MAX_CHECKSUM_FILE_BYTES || !isChecksumName(entry.name))
      continue
    const text = decodeText(readUpTo(view.contentSource(entry), 0, entry.sizeBytes))
    const list = parseChecksumFile(text, entry.name)
    if (list.entries.some(({ name }) => name !== null)) found.push({ path: `/${entry.name}`, list })
  }
  return found
}

/** Checks every file that one of the lists names. */
export async function checkContents(image: OpenImage, control: Pick<JobControl, 'checkpoint' | 'progress'>): Promise<ContentsReport[]> {
  const reports: ContentsReport[] = []
  for (const inner of innerLists(image)) reports.push(await checkList(image.view('auto'), inner, control))
  return reports
}

interface Listed {
  readonly name: string
  readonly entry: ImageEntry | null
  readonly expected: ChecksumEntry
}

async function checkList(
  view: ImageView,
  { path, list }: InnerList,
  control: Pick<JobControl, 'checkpoint' | 'progress'>,
): Promise<ContentsReport> {
  const listed = findListedFiles(view, list)
  const totalBytes = listed.reduce((sum, { entry }) => sum + (entry?.sizeBytes ?? 0), 0)
  const [damaged, missing] = [new NameKeeper(), new NameKeeper()]
  const buffer = alignedBuffer(TRANSFER_BYTES)
  let same = 0
  let doneBytes = 0
  for (const [doneItems, { name, entry, expected }] of listed.entries()) {
    if (entry === null || entry.type !== 'file') {
      missing.add(name)
      continue
    }
    const take = async (bytes: number): Promise<void> => {
      doneBytes += bytes
      const turn = control.checkpoint()
      if (turn === undefined) return
      control.progress({ phase: 'read', doneBytes, totalBytes, doneItems, current: name })
      await turn
    }
    if (await fits(view, entry, expected, buffer, take)) same++
    else damaged.add(name)
  }
  return { listPath: path, same, damaged: damaged.named, missing: missing.named, unlisted: countUnlisted(view, path, listed) }
}

/** Finds files by one walk, and those that links lead to one by one. */
function findListedFiles(view: ImageView, list: ChecksumFile): Listed[] {
  const named = list.entries.flatMap((expected) => (expected.name === null ? [] : [{ name: pathFromRoot(expected.name), expected }]))
  const entries = new Map<string, ImageEntry | null>(named.map(({ name }) => [name, null]))
  for (const { entry, folder } of walkView(view, view.root, '/', new FindingLog())) {
    const path = `${folder}/${entry.name}`
    if (entry.type === 'file' && entries.has(path)) entries.set(path, entry)
  }
  const linked = [...entries].filter(([, entry]) => entry === null).slice(0, MAX_LINKED_FILES)
  for (const [name] of linked) entries.set(name, followPath(view, name))
  return named.map(({ name, expected }) => ({ name, entry: entries.get(name) ?? null, expected }))
}

const pathFromRoot = (name: string): string => `/${name.replace(/^(?:\.?\/)+/, '')}`

interface PieceDigest {
  take(bytes: Buffer): void
  hex(): string
}

async function digestOf(kind: DigestKind): Promise<PieceDigest> {
  const name = cryptoName(kind)
  if (name !== null) {
    const hash = createHash(name)
    return { take: (bytes) => void hash.update(bytes), hex: () => hash.digest('hex') }
  }
  const own = kind === 'crc32' ? crc32Digest() : await blake2bDigest()
  return { take: (bytes) => own.take(bytes, 0), hex: () => own.hex() }
}

/** Whether the content is as the list says; what is incomplete or can't be expanded is not. */
async function fits(
  view: ImageView,
  entry: ImageEntry,
  { kinds, hex }: ChecksumEntry,
  buffer: Buffer,
  taken: (bytes: number) => Promise<void>,
): Promise<boolean> {
  const digests = await Promise.all(kinds.map(digestOf))
  try {
    for (const piece of entryContent(view, entry, buffer)) {
      for (const digest of digests) digest.take(piece)
      await taken(piece.length)
    }
  } catch (error) {
    if (error instanceof Problem && error.report.kind === 'image') return false
    throw error
  }
  return digests.some((digest) => digest.hex() === hex)
}

/** Files of the tree that no line names. */
function countUnlisted(view: ImageView, listPath: string, listed: readonly Listed[]): number {
  const known = new Set(listed.flatMap(({ entry }) => (entry === null ? [] : [keyOf(view, entry)])))
  let count = 0
  for (const { entry, folder } of walkView(view, view.root, '/', new FindingLog())) {
    if (entry.type === 'file' && `${folder}/${entry.name}` !== listPath && !known.has(keyOf(view, entry))) count++
  }
  return count
}

/** Names of one content count as one file. */
function keyOf(view: ImageView, entry: ImageEntry): string {
  const [extent] = entry.extents
  return extent === undefined || entry.sizeBytes === 0 ? 'empty' : `${view.offsetBytes(extent)}:${entry.sizeBytes}`
}
