/** A directory of a supplementary tree as bytes. Links and devices have no place in it. */

import { fileFlags } from '../../iso9660/directory-record.ts'
import { DirectoryMeasure, DirectoryWriter, PARENT_IDENTIFIER, recordBytes, SELF_IDENTIFIER } from '../../iso9660/directory-writer.ts'
import { fileSections } from './file-sections.ts'
import { directoryFacts, hiddenFlag } from './iso-directory.ts'
import type { ImagePlan, PlannedDirectory, PlannedEntry, SupplementaryForm } from './planned-tree.ts'
import { isShownInForm } from './supplementary-form.ts'

export class SupplementaryDirectoryComposer {
  private readonly plan: ImagePlan
  private readonly form: SupplementaryForm

  constructor(plan: ImagePlan, form: SupplementaryForm) {
    this.plan = plan
    this.form = form
  }

  /** Sets the directory's size. */
  measure(directory: PlannedDirectory): void {
    const { form } = this
    const records = new DirectoryMeasure()
    records.add(recordBytes(SELF_IDENTIFIER.length, 0))
    records.add(recordBytes(PARENT_IDENTIFIER.length, 0))
    for (const entry of this.children(directory)) {
      const sections = fileSections(0, entry.content?.source.sizeBytes ?? 0).length
      const lengthBytes = recordBytes(form.encodedBytes(form.name(entry)), 0)
      for (let i = 0; i < sections; i++) records.add(lengthBytes)
    }
    form.place(directory).sizeBytes = records.sizeBytes
  }

  /** Writes the records into `bytes`, which must be zeroed and of the measured size. */
  write(directory: PlannedDirectory, bytes: Uint8Array): void {
    const { form } = this
    const { fixedTimeS } = this.plan.policy
    const records = new DirectoryWriter(bytes)
    const parent = directory.parent ?? directory
    records.record(SELF_IDENTIFIER, directoryFacts(directory.entry.source, form.place(directory), fixedTimeS), 0)
    records.record(PARENT_IDENTIFIER, directoryFacts(parent.entry.source, form.place(parent), fixedTimeS), 0)
    for (const entry of this.children(directory)) {
      const identifier = form.encode(form.name(entry))
      if (entry.directory !== null) {
        records.record(identifier, directoryFacts(entry.source, form.place(entry.directory), fixedTimeS), 0)
        continue
      }
      const recordedAtMs = (fixedTimeS ?? entry.source.modifiedS) * 1000
      for (const { extentLba, dataLengthBytes, isLast } of fileSections(
        entry.content?.extentLba ?? 0,
        entry.content?.source.sizeBytes ?? 0,
      ))
        records.record(
          identifier,
          { extentLba, dataLengthBytes, recordedAtMs, flags: (isLast ? 0 : fileFlags.multiExtent) | hiddenFlag(entry.source) },
          0,
        )
    }
  }

  /** Files and folders in the order of their records. */
  private children(directory: PlannedDirectory): PlannedEntry[] {
    const { form } = this
    return directory.children
      .filter((entry) => (entry.content !== null || entry.directory !== null) && isShownInForm(form, entry.source))
      .sort((a, b) => form.compare(form.name(a), form.name(b)))
  }
}
