/** Composes the boot catalog from a list of entries, as read from another image or made for a file. */
import { MAX_BOOT_ENTRIES } from '../../shared/limits.ts'
import { Problem } from '../../shared/problem.ts'
import type { BootCatalogEntry } from './boot-catalog.ts'
import {
  CATALOG_ENTRY_BYTES,
  CONTINUES_FLAG,
  DefaultEntry,
  EXTENSION_CONTINUES_FLAG,
  ExtensionEntry,
  entryIndicators,
  SectionEntry,
  SectionHeader,
  ValidationEntry,
  wordSum,
} from './boot-catalog-entries.ts'
import { BLOCK_BYTES } from './disk-sector.ts'

/** What a catalog records of one boot image. An entry that was read will do, with the block where its image is now. */
export type BootEntryFields = Pick<
  BootCatalogEntry,
  | 'platformId'
  | 'bootable'
  | 'mediaType'
  | 'loadSegment'
  | 'systemType'
  | 'sectorCount'
  | 'extentLba'
  | 'section'
  | 'selectionCriteriaType'
  | 'selectionCriteria'
>

const ENTRY_CRITERIA_BYTES = SectionEntry.fields.selectionCriteria.sizeBytes
const EXTENSION_CRITERIA_BYTES = ExtensionEntry.fields.selectionCriteria.sizeBytes

/** Blocks that the catalog will take, whatever the places of its images. */
export function bootCatalogBlocks(entries: readonly BootEntryFields[]): number {
  return Math.ceil((catalogSlots(entries, '').length * CATALOG_ENTRY_BYTES) / BLOCK_BYTES)
}

/**
 * The catalog in whole blocks. The first entry is the default one; those behind it stand in sections, one for each run
 * of the same platform and name. Throws a `usage` Problem for more entries than readers take.
 */
export function composeBootCatalog(entries: readonly BootEntryFields[], id: string): Uint8Array {
  const slots = catalogSlots(entries, id)
  const bytes = new Uint8Array(Math.ceil((slots.length * CATALOG_ENTRY_BYTES) / BLOCK_BYTES) * BLOCK_BYTES)
  for (const [i, slot] of slots.entries()) bytes.set(slot, i * CATALOG_ENTRY_BYTES)
  return bytes
}

function catalogSlots(entries: readonly BootEntryFields[], id: string): Uint8Array[] {
  const [first, ...others] = entries
  if (first === undefined || entries.length > MAX_BOOT_ENTRIES) throw wrongNumber(entries.length)
  const sections = sectionsOf(others)
  return [
    validationEntry(first.platformId, id),
    DefaultEntry.serialise({ ...first, bootIndicator: indicatorOf(first) }),
    ...sections.flatMap((section, i) => sectionSlots(section, i === sections.length - 1)),
  ]
}

function validationEntry(platformId: number, id: string): Uint8Array {
  const bytes = ValidationEntry.serialise({
    headerId: entryIndicators.validation,
    platformId,
    idString: Buffer.from(id, 'latin1'),
    checksum: 0,
    key55: 0x55,
    keyAa: 0xaa,
  })
  ValidationEntry.fields.checksum.set(bytes, 0, (0x1_0000 - wordSum(bytes, 0)) % 0x1_0000)
  return bytes
}

function sectionsOf(entries: readonly BootEntryFields[]): BootEntryFields[][] {
  const sections: BootEntryFields[][] = []
  for (const entry of entries) {
    const last = sections.at(-1)
    if (last?.[0]?.platformId === entry.platformId && last[0].section === entry.section) last.push(entry)
    else sections.push([entry])
  }
  return sections
}

function sectionSlots(entries: readonly BootEntryFields[], isLast: boolean): Uint8Array[] {
  const header = SectionHeader.serialise({
    headerIndicator: isLast ? entryIndicators.lastHeader : entryIndicators.header,
    platformId: entries[0]?.platformId ?? 0,
    entryCount: entries.length,
    idString: Buffer.from(entries[0]?.section ?? '', 'latin1'),
  })
  return [header, ...entries.flatMap(sectionEntrySlots)]
}

function sectionEntrySlots(entry: BootEntryFields): Uint8Array[] {
  const { selectionCriteria } = entry
  const continues = selectionCriteria.length > ENTRY_CRITERIA_BYTES
  const first = { ...entry, bootIndicator: indicatorOf(entry), mediaType: continues ? entry.mediaType | CONTINUES_FLAG : entry.mediaType }
  const slots = [SectionEntry.serialise(first)]
  for (let at = ENTRY_CRITERIA_BYTES; at < selectionCriteria.length; at += EXTENSION_CRITERIA_BYTES) {
    const part = selectionCriteria.subarray(at, at + EXTENSION_CRITERIA_BYTES)
    const flags = at + EXTENSION_CRITERIA_BYTES < selectionCriteria.length ? EXTENSION_CONTINUES_FLAG : 0
    slots.push(ExtensionEntry.serialise({ extensionIndicator: entryIndicators.extension, flags, selectionCriteria: part }))
  }
  return slots
}

const indicatorOf = (entry: BootEntryFields): number => (entry.bootable ? entryIndicators.bootable : entryIndicators.notBootable)

function wrongNumber(count: number): Problem {
  return new Problem({
    kind: 'usage',
    code: 'boot-entry-count',
    message: `A boot catalog can't have ${count} entries.`,
    kept: 'Nothing was written.',
    advice: `Give between 1 and ${MAX_BOOT_ENTRIES} boot files.`,
  })
}
