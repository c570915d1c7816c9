/** A directory of the Joliet tree as bytes. Links and devices have no place in it. */

import { writeU16Be } from '../../bytes/field-types.ts'
import { fileFlags } from '../../iso9660/directory-record.ts'
import { DirectoryMeasure, DirectoryWriter, PARENT_IDENTIFIER, recordBytes, SELF_IDENTIFIER } from '../../iso9660/directory-writer.ts'
import { compareIdentifiers } from '../../iso9660/iso-names.ts'
import { fileSections } from './file-sections.ts'
import { directoryFacts } from './iso-directory.ts'
import type { ImagePlan, PlannedDirectory, PlannedEntry } from './planned-tree.ts'

export class JolietDirectoryComposer {
  private readonly plan: ImagePlan

  constructor(plan: ImagePlan) {
    this.plan = plan
  }

  /** Sets the directory's size. */
  measure(directory: PlannedDirectory): void {
    const records = new DirectoryMeasure()
    records.add(recordBytes(SELF_IDENTIFIER.length, 0))
    records.add(recordBytes(PARENT_IDENTIFIER.length, 0))
    for (const entry of jolietChildren(directory)) {
      const sections = fileSections(0, entry.content?.source.sizeBytes ?? 0).length
      for (let i = 0; i < sections; i++) records.add(recordBytes(entry.jolietName.length * 2, 0))
    }
    directory.joliet.sizeBytes = records.sizeBytes
  }

  /** Writes the records into `bytes`, which must be zeroed and of the measured size. */
  write(directory: PlannedDirectory, bytes: Uint8Array): void {
    const { fixedTimeS } = this.plan.policy
    const records = new DirectoryWriter(bytes)
    const parent = directory.parent ?? directory
    records.record(SELF_IDENTIFIER, directoryFacts(directory.entry.source, directory.joliet, fixedTimeS), 0)
    records.record(PARENT_IDENTIFIER, directoryFacts(parent.entry.source, parent.joliet, fixedTimeS), 0)
    for (const entry of jolietChildren(directory)) {
      const identifier = encodeUcs2(entry.jolietName)
      if (entry.directory !== null) {
        records.record(identifier, directoryFacts(entry.source, entry.directory.joliet, fixedTimeS), 0)
        continue
      }
      const recordedAtMs = (fixedTimeS ?? entry.source.modifiedS) * 1000
      for (const { extentLba, dataLengthBytes, isLast } of fileSections(
        entry.content?.extentLba ?? 0,
        entry.content?.source.sizeBytes ?? 0,
      ))
        records.record(identifier, { extentLba, dataLengthBytes, recordedAtMs, flags: isLast ? 0 : fileFlags.multiExtent }, 0)
    }
  }
}

/** Files and folders in the order of their records. */
function jolietChildren(directory: PlannedDirectory): PlannedEntry[] {
  return directory.children
    .filter((entry) => entry.content !== null || entry.directory !== null)
    .sort((a, b) => compareIdentifiers(a.jolietName, b.jolietName))
}

/** Big-endian UCS-2. */
export function encodeUcs2(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 2)
  for (let i = 0; i < text.length; i++) writeU16Be(bytes, i * 2, text.charCodeAt(i))
  return bytes
}
