/** What entries are called in the window: kinds, modes, dates. */
import type { BrowsedRow, BrowsedViewKind } from '../../../shared/browse.ts'
import { dateFormat } from '../../words/amounts.ts'
import { say } from '../../words/say.ts'

export type FileKind = 'picture' | 'text' | 'sound' | 'film' | 'archive' | 'program' | 'code' | 'image' | 'other'

const kindsByExtension: Readonly<Record<Exclude<FileKind, 'other'>, string>> = {
  picture: 'png jpg jpeg gif webp bmp ico avif tif tiff svg heic raw cr2 nef pcx tga psd xcf',
  text: 'txt md rst log nfo diz pdf doc docx odt rtf tex html htm xhtml csv ods xls xlsx me 1st',
  sound: 'mp3 flac ogg oga opus wav m4a aac wma mid midi mod xm aif aiff cda',
  film: 'mp4 mkv avi mov webm mpg mpeg vob m2ts ts wmv flv ogv m4v ifo bup',
  archive: 'zip gz xz bz2 zst 7z rar tar tgz deb rpm cab lzh arj squashfs cpio jar msi pkg',
  program: 'exe com dll so sys efi bin sh bat cmd ps1 app elf ko c32',
  code: 'c h cc cpp hpp py js ts json xml yml yaml cfg conf ini inf toml rs go java pl rb php css sql cmake mk asm s',
  image: 'iso img udf nrg mdf cue ccd chd dmg vhd vhdx qcow2',
}

const kindOf = new Map(
  Object.entries(kindsByExtension).flatMap(([kind, extensions]) => extensions.split(' ').map((extension) => [extension, kind as FileKind])),
)

export function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.')
  return dot > 0 ? name.slice(dot + 1).toLowerCase() : ''
}

export const fileKindOf = (name: string): FileKind => kindOf.get(extensionOf(name)) ?? 'other'

const MAX_EXTENSION = 8

/** `Folder`, `JPG file`, `File`. */
export function kindWords({ type, name }: Pick<BrowsedRow, 'type' | 'name'>): string {
  if (type !== 'file') return say(`browse.kind.${type}`)
  const extension = extensionOf(name)
  return extension === '' || extension.length > MAX_EXTENSION
    ? say('browse.kind.file')
    : say('browse.kind.extension', { extension: extension.toUpperCase() })
}

/** What the standards call their trees. */
const treeNames: Readonly<Record<Exclude<BrowsedViewKind, 'boot'>, string>> = {
  iso9660: 'ISO 9660',
  joliet: 'Joliet',
  rockridge: 'Rock Ridge',
  udf: 'UDF',
}

export const viewTitle = (kind: BrowsedViewKind): string => (kind === 'boot' ? say('browse.view.boot') : treeNames[kind])

const SET_USER = 0o4000
const SET_GROUP = 0o2000
const STICKY = 0o1000

/** As `ls` writes it, without the type: `rwxr-xr-x`. */
export function modeWords(mode: number): string {
  const three = (shift: number, special: number, mark: string) => {
    const bits = mode >> shift
    const isSpecial = (mode & special) !== 0
    const last = isSpecial ? ((bits & 1) !== 0 ? mark : mark.toUpperCase()) : (bits & 1) !== 0 ? 'x' : '-'
    return `${(bits & 4) !== 0 ? 'r' : '-'}${(bits & 2) !== 0 ? 'w' : '-'}${last}`
  }
  return three(6, SET_USER, 's') + three(3, SET_GROUP, 's') + three(0, STICKY, 't')
}

const shortDate = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const
const longDate = { dateStyle: 'long', timeStyle: 'medium' } as const

/** A moment of the entry, in this computer's time zone. */
export const dateWords = (epochMs: number): string => dateFormat(shortDate).format(epochMs)
export const longDateWords = (epochMs: number): string => dateFormat(longDate).format(epochMs)
