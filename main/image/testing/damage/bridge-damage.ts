/** Images that are ISO 9660 and UDF at once, one of the two damaged, or the two not saying the same. */
import { PrimaryVolumeDescriptor, SECTOR_BYTES } from '../../../iso9660/volume-descriptor.ts'
import { DescriptorTag, sealTag, type TagVersion, tagIdentifier } from '../../../udf/descriptor-tag.ts'
import { characteristics, FileIdentifier } from '../../../udf/file-identifier.ts'
import { structurePlaces } from '../fuzz/structure-places.ts'
import { bridgeImage } from '../sample-images.ts'
import { type Damage, honest, readable } from './damage.ts'
import { both, withBytes } from './tiny-surgery.ts'

const ANCHOR_LBA = 256

async function changed(change: (image: Buffer) => void): Promise<Buffer> {
  const image = Buffer.from(await bridgeImage('1.02'))
  change(image)
  return image
}

function withoutAnchors(image: Buffer): void {
  for (const at of [ANCHOR_LBA * SECTOR_BYTES, image.length - SECTOR_BYTES]) image.fill(0, at, at + SECTOR_BYTES)
}

/** Nothing but UDF is left to be read. */
function withoutIsoRoots(image: Buffer): void {
  const rootLbaAt = PrimaryVolumeDescriptor.fields.rootDirectoryRecord.offset + 2
  for (const { structure, at } of structurePlaces(image)) {
    if (structure === PrimaryVolumeDescriptor) withBytes(image, at + rootLbaAt, both(0xffff_ffff))
  }
}

/** Changes the structures of a kind that this text stands in, and makes their tags fit again. */
function inTagged(image: Buffer, declared: typeof FileIdentifier, text: string, change: (at: number) => void): void {
  const { version, locationBlock } = DescriptorTag.fields
  for (const { structure, at, lengthBytes } of structurePlaces(image)) {
    if (structure !== declared || !image.subarray(at, at + lengthBytes).includes(text)) continue
    change(at)
    const facts = {
      identifier: tagIdentifier(image, at),
      version: version.get(image, at) as TagVersion,
      locationBlock: locationBlock.get(image, at),
    }
    sealTag(image, at, lengthBytes, facts)
  }
}

export const bridgeDamage: readonly Damage[] = [
  honest('both whole, for comparison', () => changed(() => {})),
  readable('UDF that can’t be found', 'udf-anchor-missing', () => changed(withoutAnchors)),
  readable('ISO 9660 without its folders', 'root-outside-image', () => changed(withoutIsoRoots)),
  readable('a file that UDF calls deleted', 'only-in-iso9660', () =>
    changed((image) =>
      inTagged(image, FileIdentifier, '\u0008deep.txt', (at) =>
        FileIdentifier.fields.characteristics.set(image, at, characteristics.deleted),
      ),
    ),
  ),
]
