/** Looks through every tree of an image for damage, and whether what the format says twice agrees. */
import type { Finding } from '../../shared/image-model.ts'
import type { FileSystemKind } from '../../shared/image-project.ts'
import type { JobControl } from '../../shared/job.ts'
import { MAX_FINDINGS_PER_CODE } from '../../shared/limits.ts'
import { checkBootInfoTables } from '../boot/boot-catalog-reader.ts'
import type { OpenImage } from './open-image.ts'
import { otherFileSystems } from './other-file-systems.ts'
import { checkPathTable } from './path-table-check.ts'
import { checkPlacement } from './placement-check.ts'
import { pathsAt, type TreeContent, treeContent } from './tree-content.ts'

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
  let count = 0
  let firstPlace: number | null = null
  for (let i = 0; i < tree.files.count; i++) {
    const place = tree.files.startAt(i)
    if (other.files.has(place)) continue
    firstPlace ??= place
    count++
  }
  if (firstPlace === null) return
  const message =
    count === 1
      ? `A file is only in the ${treeNames[kind]} tree; other systems will not show it.`
      : `${count} files are only in the ${treeNames[kind]} tree; other systems will not show them.`
  image.findingLog.add(`only-in-${kind}`, 'suspicious', message, { path: pathsAt(image, kind, new Set([firstPlace])).get(firstPlace) })
}

/** One content with two lengths: mkisofs cuts what is too long for ISO 9660 short, and UDF has the whole of it. */
function noteSizes(image: OpenImage, kind: keyof typeof treeNames, tree: TreeContent, plain: TreeContent): void {
  const places = new Map<number, number>()
  for (let i = 0; i < tree.files.count && places.size < MAX_FINDINGS_PER_CODE; i++) {
    const place = tree.files.startAt(i)
    const storedBytes = tree.files.lengthAt(i)
    if (plain.files.has(place) && !plain.files.has(place, storedBytes)) places.set(place, storedBytes)
  }
  const paths = pathsAt(image, kind, new Set(places.keys()))
  for (const [offsetBytes, storedBytes] of places) {
    const message = `A file has ${storedBytes} bytes in the ${treeNames[kind]} tree and another length in the plain one.`
    image.findingLog.add('sizes-differ', 'suspicious', message, { path: paths.get(offsetBytes), offsetBytes })
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
