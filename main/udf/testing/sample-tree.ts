/** A small tree in memory, to be written as UDF by tests. */
import type { EntryType } from '../../../shared/image-model.ts'
import type { UdfTree } from '../udf-tree.ts'

export interface SampleEntry {
  readonly name: string
  readonly type: EntryType
  readonly children: SampleEntry[]
  /** What a file holds; a number is that many zeros. Shared by the names of one file. */
  readonly content: SampleContent | null
  readonly target: string
  readonly device: { readonly major: number; readonly minor: number }
  mode: number
  modifiedMs: number
  uid: number
  serial: number
}

export interface SampleContent {
  readonly data: Buffer | number
  linkCount: number
  extentLba: number
  serial: number
}

export const SAMPLE_TIME_MS = Date.UTC(2024, 1, 29, 12, 34, 56)

const entry = (name: string, type: EntryType, mode: number, more: Partial<SampleEntry> = {}): SampleEntry => ({
  name,
  type,
  children: [],
  content: null,
  target: '',
  device: { major: 0, minor: 0 },
  mode,
  modifiedMs: SAMPLE_TIME_MS,
  uid: 1000,
  serial: -1,
  ...more,
})

export const directory = (name: string, children: SampleEntry[]): SampleEntry => entry(name, 'directory', 0o755, { children })
export const file = (name: string, data: Buffer | string | number, mode = 0o644): SampleEntry =>
  entry(name, 'file', mode, {
    content: { data: typeof data === 'string' ? Buffer.from(data) : data, linkCount: 1, extentLba: 0, serial: -1 },
  })
export const symlink = (name: string, target: string): SampleEntry => entry(name, 'symlink', 0o777, { target })
export const special = (name: string, type: EntryType, major = 0, minor = 0): SampleEntry =>
  entry(name, type, 0o600, { device: { major, minor } })

/** Another name of a file. */
export function hardLink(name: string, of: SampleEntry): SampleEntry {
  if (of.content === null) throw new Error('only files have several names')
  of.content.linkCount++
  return { ...of, name }
}

export const sizeOfContent = ({ data }: SampleContent): number => (typeof data === 'number' ? data : data.length)

/** Numbers the entries and gives what the writer asks for. */
export function sampleTree(root: SampleEntry): UdfTree<SampleEntry> {
  for (const content of contentsOf(root)) content.serial = -1
  let serialLimit = 0
  const pending = [root]
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    if (at.content === null) at.serial = serialLimit++
    else {
      if (at.content.serial < 0) at.content.serial = serialLimit++
      at.serial = at.content.serial
    }
    pending.push(...at.children)
  }
  return {
    root,
    children: (at) => at.children,
    type: (at) => at.type,
    name: (at) => at.name,
    serial: (at) => at.serial,
    serialLimit,
    facts: ({ mode, uid, modifiedMs }) => ({ mode, uid, gid: 100, modifiedMs, accessedMs: modifiedMs, changedMs: modifiedMs }),
    content: ({ content }) => ({
      sizeBytes: content === null ? 0 : sizeOfContent(content),
      extentLba: content?.extentLba ?? 0,
      linkCount: content?.linkCount ?? 1,
    }),
    linkTarget: (at) => at.target,
    device: (at) => at.device,
  }
}

/** Every different content of a tree, in order. */
export function contentsOf(root: SampleEntry): SampleContent[] {
  const found = new Set<SampleContent>()
  const visit = (at: SampleEntry) => {
    if (at.content !== null) found.add(at.content)
    for (const child of at.children) visit(child)
  }
  visit(root)
  return [...found]
}
