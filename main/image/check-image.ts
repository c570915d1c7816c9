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
  for (const kind of ['joliet', 'udf'] as const) {
    const tree = contents.get(kind)
    if (!plain || !tree) continue
    noteMissing(image, kind, tree, plain)
    noteMissing(image, 'iso9660', plain, tree)
    noteSizes(image, kind, tree, plain)
  }
  const udf = contents.get('udf')
  if (udf) noteCounts(image, udf)
  const { plainVolume } = image
  if (plain && plainVolume !== null) {
    checkPathTable(image, plainVolume, plain)
    const joliet = contents.get('joliet')
    checkPlacement(image, plainVolume, joliet ? [plain, joliet] : [plain])
    const rockRidge = contents.get('rockridge')
    // The tree of ISO 9660:1999 has folders of its own.
    if (rockRidge && plainVolume === image.volumes.primary) noteLostFolders(image, plain, rockRidge)
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
  image.findingLog.add(`only-in-${kind}`, 'suspicious', message, { path: first[1].path })
}

/** One content with two lengths: mkisofs cuts what is too long for ISO 9660 short, and UDF has the whole of it. */
function noteSizes(image: OpenImage, kind: keyof typeof treeNames, tree: TreeContent, plain: TreeContent): void {
  for (const [place, { path, storedBytes }] of tree.files) {
    const inPlain = plain.files.get(place)
    if (inPlain === undefined || inPlain.storedBytes === storedBytes) continue
    const message = `A file has ${storedBytes} bytes in the ${treeNames[kind]} tree and ${inPlain.storedBytes} in the plain one.`
    image.findingLog.add('sizes-differ', 'suspicious', message, { path, offsetBytes: place })
  }
}

/** The numbers of a volume that was never finished, or that several systems wrote to, are often wrong. */
function noteCounts(image: OpenImage, tree: TreeContent): void {
  const integrity = image.udf?.integrity
  if (!integrity || integrity.fileCount === null || integrity.directoryCount === null) return
  const files = tree.fileCount
  const directories = tree.directories.size + 1
  if (integrity.fileCount === files && integrity.directoryCount === directories) return
  const message = `The UDF volume says that it has ${integrity.fileCount} files and ${integrity.directoryCount} folders; ${files} and ${directories} were found.`
  image.findingLog.add('udf-counts-differ', 'note', message, { clause: 'UDF 2.2.6.4' })
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
