/** UDF revisions as volumes record them: binary coded decimals (UDF 2.1.5.3). */
import type { UdfRevisionName } from '../../shared/image-project.ts'
import type { TagVersion } from './descriptor-tag.ts'

export type { UdfRevisionName } from '../../shared/image-project.ts'

/** Those that Isomer writes. */
export const udfRevisions = {
  '1.02': 0x0102,
  '1.50': 0x0150,
  '2.01': 0x0201,
  '2.50': 0x0250,
  '2.60': 0x0260,
} as const satisfies Record<UdfRevisionName, number>
export type UdfRevision = (typeof udfRevisions)[UdfRevisionName]

/** As people write it: `2.50`. */
export function revisionText(revision: number): string {
  return `${(revision >>> 8).toString(16)}.${(revision & 0xff).toString(16).padStart(2, '0')}`
}

/** Revisions from 2.00 on follow the third edition of ECMA-167: NSR03, tags of version 3, extended file entries. */
export const isThirdEdition = (revision: number): boolean => revision >= 0x0200
export const tagVersionOf = (revision: number): TagVersion => (isThirdEdition(revision) ? 3 : 2)
/** Revisions from 2.50 on keep directories and file entries together in a metadata partition (UDF 2.2.10). */
export const hasMetadataPartition = (revision: number): boolean => revision >= 0x0250
