/**
 * DVD-Video: in what order and how far apart the files of VIDEO_TS lie. Players go by sector numbers that stand in each
 * IFO file and count from its beginning: menus, titles and the backup must lie where it says.
 */
import { closeSync, openSync, readSync } from 'node:fs'
import { Problem } from '../../../shared/problem.ts'
import { readUpTo } from '../../bytes/byte-source.ts'
import { raw, text, u32be } from '../../bytes/field-types.ts'
import { ioProblem } from '../../bytes/io-problem.ts'
import { structure } from '../../bytes/structure.ts'
import { blocksOf } from './file-sections.ts'
import { hostPathOf, stagedPathOf } from './host-path.ts'
import type { FileContent } from './planned-tree.ts'
import type { SourceNode } from './source-tree.ts'

/** What VMGI_MAT and VTSI_MAT begin with (libdvdread, ifo_types.h). */
export const InformationHead = structure('Video Manager or Title Set Information', 'DVD-Video, VMGI_MAT and VTSI_MAT', {
  identifier: text(12),
  /** Of the whole set, which ends with the backup. */
  lastSetSector: u32be,
  unused16: raw(12),
  lastInformationSector: u32be,
  unused32: raw(160),
  menuSector: u32be,
  /** Of title sets alone. */
  titlesSector: u32be,
})

const VIDEO_FOLDER = 'VIDEO_TS'
const MANAGER = { name: /^VIDEO_TS\.(IFO|VOB|BUP)$/, identifier: 'DVDVIDEO-VMG' }
const TITLE_SET = { name: /^VTS_([0-9]{2})_([0-9])\.(IFO|VOB|BUP)$/, identifier: 'DVDVIDEO-VTS' }
const LAST_RANK = 99
/** Video begins within its set, which has 9.4 GB at most. */
const MOST_GAP_BLOCKS = 4_700_000

/** Where a file of VIDEO_TS belongs: its set, and its place in it; null for other files. */
function placeOf(name: string): { readonly set: number; readonly rank: number } | null {
  const manager = MANAGER.name.exec(name)
  if (manager !== null) return { set: 0, rank: rankOf(manager[1] as string, 0) }
  const title = TITLE_SET.name.exec(name)
  return title === null ? null : { set: Number(title[1]), rank: rankOf(title[3] as string, Number(title[2])) }
}

/** Information, menus (part 0), titles (parts 1 to 9), backup. */
const rankOf = (kind: string, part: number): number => (kind === 'IFO' ? 0 : kind === 'BUP' ? LAST_RANK : 1 + part)

/** The first bytes of every IFO file. Throws a usage Problem when the tree is no DVD-Video, io when a file can't be read. */
export function readInformation(root: SourceNode): Map<SourceNode, Buffer> {
  const children = root.children?.get(VIDEO_FOLDER)?.children
  if (!children?.has('VIDEO_TS.IFO'))
    throw dvdProblem('no-dvd-video', 'There is no VIDEO_TS folder with VIDEO_TS.IFO in it, which DVD players begin with.')
  const heads = new Map<SourceNode, Buffer>()
  for (const node of children.values()) if (placeOf(node.name)?.rank === 0) heads.set(node, readHead(node))
  return heads
}

function readHead(node: SourceNode): Buffer {
  const stored = node.extra?.content
  if (stored !== undefined) return readUpTo(stored.open(), 0, InformationHead.sizeBytes)
  const path = hostPathOf(node)
  const head = Buffer.alloc(InformationHead.sizeBytes)
  if (path === null) return head
  try {
    const fd = openSync(path, 'r')
    try {
      return head.subarray(0, readSync(fd, head, 0, head.length, 0))
    } finally {
      closeSync(fd)
    }
  } catch (error) {
    throw ioProblem(error, `Could not read ‘${path}’.`, 'Nothing was written.')
  }
}

/** The contents in the order of a disc, with the gaps that its IFO files ask for. Throws a usage Problem when they can't be kept. */
export function orderForDvd(contents: readonly FileContent[], information: ReadonlyMap<SourceNode, Buffer>): FileContent[] {
  const sets = new Map<number, { rank: number; content: FileContent }[]>()
  const others: FileContent[] = []
  for (const content of contents) {
    const { source } = content
    const isVideo = source.parent?.name === VIDEO_FOLDER && source.parent.parent?.parent === null
    const place = isVideo ? placeOf(source.name) : null
    if (place === null) others.push(content)
    else sets.set(place.set, [...(sets.get(place.set) ?? []), { rank: place.rank, content }])
  }
  const ordered: FileContent[] = []
  for (const [, files] of [...sets].sort(([a], [b]) => a - b)) {
    files.sort((a, b) => a.rank - b.rank)
    const [first] = files
    const head = first && information.get(first.content.source)
    if (head !== undefined) spaceOut(files, head)
    ordered.push(...files.map(({ content }) => content))
  }
  return [...ordered, ...others]
}

/** Sets the gaps of one set, which begins with its IFO file. */
function spaceOut(files: readonly { rank: number; content: FileContent }[], head: Buffer): void {
  const name = stagedPathOf((files[0] as { content: FileContent }).content.source)
  const isManager = MANAGER.name.test(name.slice(name.lastIndexOf('/') + 1))
  const { identifier } = isManager ? MANAGER : TITLE_SET
  if (head.length < InformationHead.sizeBytes || InformationHead.fields.identifier.get(head, 0) !== identifier)
    throw dvdProblem('dvd-information-invalid', `‘${name}’ is no information file of DVD-Video.`)
  const { lastSetSector, menuSector, titlesSector } = InformationHead.parse(head)
  let nextSector = 0
  for (const { rank, content } of files) {
    const sizeBlocks = blocksOf(content.source.sizeBytes)
    const wanted =
      rank === 1 ? menuSector : rank === 2 ? (isManager ? 0 : titlesSector) : rank === LAST_RANK ? lastSetSector + 1 - sizeBlocks : 0
    if (wanted > 0) {
      const gapBlocks = wanted - nextSector
      if (gapBlocks < 0 || gapBlocks > MOST_GAP_BLOCKS)
        throw dvdProblem('dvd-sizes-differ', misfit(name, content.source.name, wanted, nextSector))
      content.rareFacts.gapBlocks = gapBlocks
      nextSector += gapBlocks
    }
    nextSector += sizeBlocks
  }
}

const misfit = (information: string, file: string, wanted: number, nextSector: number): string =>
  `‘${information}’ says that ${file} begins ${wanted} sectors behind it, but the files before it end at ${nextSector}.`

function dvdProblem(code: string, message: string): Problem {
  return new Problem({
    kind: 'usage',
    code,
    message,
    kept: 'Nothing was written.',
    advice: 'Give the folder as the DVD authoring program made it, or choose another preset than DVD-Video.',
  })
}
