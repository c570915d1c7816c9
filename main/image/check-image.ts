/** Looks through every tree of an image for damage, and whether what the format says twice agrees. */
import type { Finding } from '../../shared/image-model.ts'
import type { FileSystemKind } from '../../shared/image-project.ts'
import type { JobControl } from '../../shared/job.ts'
import { checkBootInfoTables } from '../boot/boot-catalog-reader.ts'
import type { OpenImage } from './open-image.ts'
import { otherFileSystems } from './other-file-systems.ts'
import { checkPathTable } from './path-table-check.ts'
import { checkPlacement } from './placement-check.ts'
import { type TreeContent, treeContent } from './tree-content.ts'

/** Reads all directories of all trees and what starts computers, no other contents. Gives all findings of the image. */
export async function checkImage(image: OpenImage, control: Pick<JobControl, 'checkpoint'>): Promise<Finding[]> {
  const contents = new Map<FileSystemKind, TreeContent>()
  for (const kind of image.viewKinds) contents.set(kind, await treeContent(image, kind, control))
  const plain = contents.get('iso9660')
  const other = contents.get('joliet') ?? contents.get('udf')
  if (plain && other) {
    noteMissing(image, contents.has('joliet') ? 'joliet' : 'udf', other, plain)
    noteMissing(image, 'iso9660', plain, other)
  }
  const { plainVolume } = image
  if (plain && plainVolume !== null) {
    checkPathTable(image, plainVolume, plain)
    const joliet = contents.get('joliet')
    checkPlacement(image, plainVolume, joliet ? [plain, joliet] : [plain])
    const rockRidge = contents.get('rockridge')
    if (rockRidge) noteLostFolders(image, plain, rockRidge)
  }
  const { catalog, tables } = await image.bootEquipment()
  otherFileSystems(image.source, tables, image.findingLog)
  if (catalog !== null) checkBootInfoTables(image.source, catalog, image.findingLog)
  return image.findings
}

const treeNames = { iso9660: 'plain ISO 9660', joliet: 'Joliet', udf: 'UDF' } as const

/** A file in one tree alone is a known way to hide things; it is also done on purpose. */
function noteMissing(image: OpenImage, kind: keyof typeof treeNames, tree: TreeContent, other: TreeContent): void {
  const only = [...tree.files].filter(([place]) => !other.files.has(place))
  const [first] = only
  if (first === undefined) return
  const message = `${only.length === 1 ? 'A file is' : `${only.length} files are`} only in the ${treeNames[kind]} tree; other systems will not show ${only.length === 1 ? 'it' : 'them'}.`
  image.findingLog.add(`only-in-${kind}`, 'suspicious', message, { path: first[1] })
}

/** Folders that were moved for readers of plain ISO 9660, and that nothing in Rock Ridge leads back to. */
function noteLostFolders(image: OpenImage, plain: TreeContent, rockRidge: TreeContent): void {
  for (const [startBytes, parents] of plain.directories) {
    // A folder of the root that holds only moved ones is left out on purpose.
    if (rockRidge.directories.has(startBytes) || parents.includes(plain.rootBytes)) continue
    const message = 'A folder is only in the plain tree: nothing in Rock Ridge leads to where it was moved.'
    image.findingLog.add('relocation-lost', 'damaged', message, { offsetBytes: startBytes, clause: 'RRIP 4.1.5' })
  }
}
