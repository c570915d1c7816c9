/** One entry of an image as a line: JSON for programs, columns for people. */
import type { EntryType, Extent } from '../../shared/image-model.ts'
import type { ImageEntry } from '../image/image-view.ts'
import { pathOfStep, type WalkStep } from '../image/walk-view.ts'
import { printable } from './output.ts'
import { timestamp } from './timestamp.ts'

// biome-ignore lint/suspicious/noControlCharactersInRegex: what JSON strings can't hold as it is
const NEEDS_ESCAPE = /["\\\u0000-\u001f\u007f-\uffff]/

const quoted = (text: string): string => (NEEDS_ESCAPE.test(text) ? JSON.stringify(text) : `"${text}"`)

/** Entries of one image mostly share folder, attributes and date, so what was spelled out last is kept. */
let knownFolder = ''
let knownPrefix = '{"path":"/'
let knownModified: number | null = null
let modifiedText = 'null'
let knownAttributes: ImageEntry | null = null
let attributesText = ''

/** Fields as in the documentation of `list`; built by hand, as a listing has up to millions of them. */
export function jsonLine(step: WalkStep, sha256: string | null | undefined): string {
  const { folder, entry } = step
  const { name, target, extents } = entry
  if (folder !== knownFolder) {
    knownFolder = folder
    knownPrefix = `{"path":${quoted(`${folder}/`).slice(0, -1)}`
  }
  if (entry.modifiedMs !== knownModified) {
    knownModified = entry.modifiedMs
    modifiedText = knownModified === null ? 'null' : `"${timestamp(knownModified)}"`
  }
  return `${knownPrefix}${NEEDS_ESCAPE.test(name) ? JSON.stringify(name).slice(1, -1) : name}","type":"${entry.type}","sizeBytes":${
    entry.sizeBytes
  },"modified":${modifiedText}${attributes(entry)}${target === null ? 'null' : quoted(target)},"links":${entry.links},"extents":[${
    extents.length === 1 ? extentJson(extents[0] as Extent) : extents.map(extentJson).join(',')
  }]${sha256 === undefined ? '}\n' : `,"sha256":${sha256 === null ? 'null' : `"${sha256}"`}}\n`}`
}

function extentJson(extent: Extent): string {
  return `{"lba":${extent.lba},"lengthBytes":${extent.lengthBytes}}`
}

/** Mode and owner, up to the target. */
function attributes(entry: ImageEntry): string {
  const known = knownAttributes
  if (known !== null && known.mode === entry.mode && known.uid === entry.uid && known.gid === entry.gid) return attributesText
  knownAttributes = entry
  const mode = entry.mode === null ? 'null' : `"${(entry.mode % 0o10000).toString(8).padStart(4, '0')}"`
  attributesText = `,"mode":${mode},"uid":${entry.uid},"gid":${entry.gid},"target":`
  return attributesText
}

const typeLetters: Readonly<Record<EntryType, string>> = {
  file: '-',
  directory: 'd',
  symlink: 'l',
  block: 'b',
  char: 'c',
  fifo: 'p',
  socket: 's',
}

/** Columns: type and mode, owner and group, size, date, digest when asked for, path. */
export function longLine(step: WalkStep, sha256: string | null | undefined): string {
  const { entry } = step
  const owner = entry.uid === null ? '-' : `${entry.uid}:${entry.gid}`
  const date = entry.modifiedMs === null ? '-' : timestamp(entry.modifiedMs)
  const digest = sha256 === undefined ? '' : `${(sha256 ?? '-').padEnd(64)}  `
  const target = entry.type === 'symlink' ? ` -> ${entry.target ?? '(damaged)'}` : ''
  const size = String(entry.sizeBytes).padStart(12)
  return `${typeLetters[entry.type]}${permissions(entry.mode)} ${owner.padEnd(9)} ${size} ${date.padEnd(20)} ${digest}${printable(pathOfStep(step) + target)}\n`
}

function permissions(mode: number | null): string {
  if (mode === null) return '---------'
  const bits = [0o400, 0o200, 0o100, 0o040, 0o020, 0o010, 0o004, 0o002, 0o001]
  const letters = bits.map((bit, i) => ((mode & bit) === 0 ? '-' : ('rwx'[i % 3] as string)))
  if (mode & 0o4000) letters[2] = mode & 0o100 ? 's' : 'S'
  if (mode & 0o2000) letters[5] = mode & 0o010 ? 's' : 'S'
  if (mode & 0o1000) letters[8] = mode & 0o001 ? 't' : 'T'
  return letters.join('')
}
