import {
  Binary,
  Disc,
  File,
  FileArchive,
  FileCode,
  FileCog,
  FileImage,
  FileMusic,
  FileText,
  FileVideo,
  Folder,
  Link2,
  type LucideIcon,
} from 'lucide-react'
import type { BrowsedRow } from '../../../shared/browse.ts'
import css from './EntryPicture.module.css'
import { type FileKind, fileKindOf } from './entry-words.ts'

const pictures: Readonly<Record<FileKind, LucideIcon>> = {
  picture: FileImage,
  text: FileText,
  sound: FileMusic,
  film: FileVideo,
  archive: FileArchive,
  program: FileCog,
  code: FileCode,
  image: Disc,
  other: File,
}

interface Props {
  readonly row: Pick<BrowsedRow, 'type' | 'name'>
  readonly sizePx?: number
}

/** A sign for what an entry is; decoration, for its kind is told in words too. */
export function EntryPicture({ row: { type, name }, sizePx = 16 }: Props) {
  const stroke = sizePx > 24 ? 1.25 : 2
  if (type === 'directory') return <Folder size={sizePx} strokeWidth={stroke} aria-hidden className={css.folder} />
  const Sign = type === 'symlink' ? Link2 : type === 'file' ? pictures[fileKindOf(name)] : Binary
  return <Sign size={sizePx} strokeWidth={stroke} aria-hidden className={css.file} />
}
