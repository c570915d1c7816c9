/** Goes through the entries of a boot catalog, in bounds and whatever its counts and marks say. */
import { MAX_BOOT_ENTRIES } from '../../shared/limits.ts'
import type { FindingLog } from '../bytes/finding-log.ts'
import { CATALOG_ENTRY_BYTES, DefaultEntry, ExtensionEntry, entryIndicators, SectionEntry, SectionHeader } from './boot-catalog-entries.ts'
import { fixedText } from './fixed-text.ts'

/** An entry as it is recorded. */
export interface RawCatalogEntry {
  readonly offsetBytes: number
  readonly platformId: number
  readonly bootable: boolean
  readonly mediaType: number
  readonly loadSegment: number
  readonly systemType: number
  readonly sectorCount: number
  readonly extentLba: number
  readonly section: string | null
  readonly selectionCriteriaType: number
  readonly selectionCriteria: Uint8Array
}

const HEADER_CLAUSE = 'El Torito 1.0 figure 4'

export class CatalogWalk {
  /** Bytes up to the last entry that was taken. */
  usedBytes = 0
  readonly #bytes: Uint8Array
  readonly #baseBytes: number
  readonly #platformId: number
  readonly #findings: FindingLog
  readonly #entries: RawCatalogEntry[] = []

  /** `bytes` begins with the validation entry, which is `baseBytes` into the image, and holds at least one entry more. */
  constructor(bytes: Uint8Array, baseBytes: number, platformId: number, findings: FindingLog) {
    this.#bytes = bytes
    this.#baseBytes = baseBytes
    this.#platformId = platformId
    this.#findings = findings
  }

  entries(): readonly RawCatalogEntry[] {
    const indicator = this.#indicator(CATALOG_ENTRY_BYTES)
    if (indicator !== entryIndicators.bootable && indicator !== entryIndicators.notBootable) {
      const message = 'The first entry of the boot catalog is none; it was read as one that does not start.'
      this.#note('boot-default-entry', message, CATALOG_ENTRY_BYTES, 'El Torito 1.0 figure 3')
    }
    const entry = DefaultEntry.parse(this.#bytes, CATALOG_ENTRY_BYTES)
    this.#take(CATALOG_ENTRY_BYTES, { ...entry, selectionCriteriaType: 0, selectionCriteria: new Uint8Array(0) }, this.#platformId, null)
    let at = this.#looseEntries(2 * CATALOG_ENTRY_BYTES)
    let last = false
    let headers = 0
    while (this.#isHeader(at) && !this.#isFull(at)) {
      if (last) this.#note('boot-headers-after-last', 'The boot catalog goes on behind the section it calls its last.', at, HEADER_CLAUSE)
      last = this.#indicator(at) === entryIndicators.lastHeader
      headers++
      at = this.#section(at)
    }
    if (headers > 0 && !last) this.#note('boot-no-last-section', 'No section of the boot catalog is marked as its last.', at, HEADER_CLAUSE)
    return this.#entries
  }

  /** Some writers leave out the section header. */
  #looseEntries(start: number): number {
    let at = start
    while (this.#indicator(at) === entryIndicators.bootable && !this.#isFull(at)) {
      this.#note('boot-section-missing', 'A boot entry belongs to no section; it was read all the same.', at, HEADER_CLAUSE)
      at = this.#sectionEntry(at, this.#platformId, '')
    }
    return at
  }

  /** Gives where the next section begins. The entries decide, not their count, which real discs have wrong. */
  #section(headerAt: number): number {
    const header = SectionHeader.parse(this.#bytes, headerAt)
    let at = headerAt + CATALOG_ENTRY_BYTES
    let count = 0
    while (this.#isEntry(at, count < header.entryCount) && !this.#isFull(at)) {
      at = this.#sectionEntry(at, header.platformId, fixedText(header.idString))
      count++
    }
    if (count !== header.entryCount) {
      const message = `A section of the boot catalog claims ${header.entryCount} entries, but ${count} were found.`
      this.#note('boot-section-count', message, headerAt, HEADER_CLAUSE)
    }
    return at
  }

  #sectionEntry(at: number, platformId: number, section: string): number {
    const entry = SectionEntry.parse(this.#bytes, at)
    const criteria = [entry.selectionCriteria]
    let next = at + CATALOG_ENTRY_BYTES
    for (; this.#indicator(next) === entryIndicators.extension; next += CATALOG_ENTRY_BYTES) {
      criteria.push(ExtensionEntry.parse(this.#bytes, next).selectionCriteria)
    }
    this.#take(at, { ...entry, selectionCriteria: Buffer.concat(criteria) }, platformId, section)
    this.usedBytes = next
    return next
  }

  #take(at: number, entry: ReturnType<typeof SectionEntry.parse>, platformId: number, section: string | null): void {
    this.#entries.push({
      offsetBytes: this.#baseBytes + at,
      platformId,
      bootable: entry.bootIndicator === entryIndicators.bootable,
      mediaType: entry.mediaType,
      loadSegment: entry.loadSegment,
      systemType: entry.systemType,
      sectorCount: entry.sectorCount,
      extentLba: entry.extentLba,
      section,
      selectionCriteriaType: entry.selectionCriteriaType,
      selectionCriteria: entry.selectionCriteria,
    })
    this.usedBytes = at + CATALOG_ENTRY_BYTES
  }

  /** First byte of the entry there; -1 past the end, so that nothing matches. */
  #indicator(at: number): number {
    return at + CATALOG_ENTRY_BYTES <= this.#bytes.length ? (this.#bytes[at] as number) : -1
  }

  #isHeader(at: number): boolean {
    const indicator = this.#indicator(at)
    return indicator === entryIndicators.header || indicator === entryIndicators.lastHeader
  }

  /** An entry that is not bootable looks like empty space, so it counts only where one is due and something is in it. */
  #isEntry(at: number, isDue: boolean): boolean {
    const indicator = this.#indicator(at)
    if (indicator === entryIndicators.bootable) return true
    return (
      indicator === entryIndicators.notBootable && isDue && this.#bytes.subarray(at, at + CATALOG_ENTRY_BYTES).some((byte) => byte !== 0)
    )
  }

  #isFull(at: number): boolean {
    if (this.#entries.length < MAX_BOOT_ENTRIES) return false
    const message = `The boot catalog has more than ${MAX_BOOT_ENTRIES} entries; the rest was left out.`
    this.#note('boot-entries-limit', message, at, 'El Torito 1.0, 2.0')
    return true
  }

  #note(code: string, message: string, at: number, clause: string): void {
    this.#findings.add(code, 'note', message, { offsetBytes: this.#baseBytes + at, clause })
  }
}
