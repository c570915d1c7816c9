/** How the names of a tree may have come from longer or freer ones. */
import type { FileSystemKind } from '../../../shared/image-project.ts'
import { isoNameRules } from '../../iso9660/iso-names.ts'
import { jolietNameRules } from '../../iso9660/joliet-names.ts'
import type { ImageEntry } from '../image-view.ts'
import type { NameForm } from './compared-tree.ts'

/** Views show no dot behind an empty extension; relaxed writers leave small letters as they are. */
const foldPlain = (name: string): string => (name.endsWith('.') ? name.slice(0, -1) : name).toUpperCase()
const asItIs = (name: string): string => name

const isoForms: readonly NameForm[] = ([3, 1] as const).map((level) => ({ rules: isoNameRules(level), fold: foldPlain }))
const jolietForms: readonly NameForm[] = ([103, 64] as const).map((units) => ({ rules: jolietNameRules(units), fold: asItIs }))

/** None where any name can stand as it is. */
export function nameFormsOf(kind: FileSystemKind, root: Pick<ImageEntry, 'uid'>): readonly NameForm[] {
  if (kind === 'iso9660') return isoForms
  return kind === 'joliet' || isForeignUdf(kind, root) ? jolietForms : []
}

/** A UDF tree without owners is one that mkisofs or Windows wrote: modes stand for nothing, names are those of Joliet. */
export const isForeignUdf = (kind: FileSystemKind, root: Pick<ImageEntry, 'uid'>): boolean => kind === 'udf' && root.uid === null
