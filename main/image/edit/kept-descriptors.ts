/**
 * Volume descriptors as the old image had them, with the places of the new one: identifiers, dates and what programs keep
 * in them stay byte for byte. Boot loaders find their volume by its label and its dates.
 */
import type { Change } from '../../../shared/image-model.ts'
import { readUpTo } from '../../bytes/byte-source.ts'
import {
  DescriptorHeader,
  descriptorTypes,
  JolietVolumeDescriptor,
  jolietEscapes,
  PrimaryVolumeDescriptor,
  SECTOR_BYTES,
} from '../../iso9660/volume-descriptor.ts'
import type { Volume } from '../../iso9660/volume-descriptor-set.ts'
import type { KeptVolumes } from '../create/planned-tree.ts'
import type { OpenImage } from '../open-image.ts'

/** What says where things are: all else is the old image's. */
const placeFields = [
  'volumeSpaceSizeBlocks',
  'logicalBlockSizeBytes',
  'pathTableSizeBytes',
  'typeLPathTableLba',
  'optionalTypeLPathTableLba',
  'typeMPathTableLba',
  'optionalTypeMPathTableLba',
  'rootDirectoryRecord',
] as const

const APPLICATION_USE = PrimaryVolumeDescriptor.fields.applicationUse
/** What implantisomd5 writes there: a checksum of the whole image. */
const IMPLANTED_MD5 = 'ISO MD5SUM = '
/** CD-ROM XA II.2.7: records have system use areas of its own, which the new ones don't. */
const XA_MARK = 'CD-XA001'
const XA_MARK_OFFSET = 1024
const ENHANCED_VERSION = 2

export interface KeptDescriptors extends KeptVolumes {
  /** What in them had to go. */
  readonly changes: readonly Change[]
}

/** Whether the image has a checksum of itself in its primary descriptor. */
export function hasImplantedMd5({ source, volumes }: OpenImage): boolean {
  if (volumes.primary === null) return false
  const start = volumes.primary.descriptorLba * SECTOR_BYTES + APPLICATION_USE.offset
  return readUpTo(source, start, APPLICATION_USE.sizeBytes).includes(IMPLANTED_MD5, 0, 'latin1')
}

/** Takes from the descriptors made anew what is new besides places: the label, or a checksum that is implanted again. */
export function keepDescriptors(image: OpenImage, isNew: { readonly label: boolean; readonly md5: boolean }): KeptDescriptors {
  const newFields = [...placeFields, ...(isNew.label ? (['volumeIdentifier'] as const) : [])]
  const { primary, joliet, enhanced } = image.volumes
  const changes: Change[] = []
  const read = (volume: Volume | null): Buffer | null => {
    if (volume === null) return null
    const sector = readUpTo(image.source, volume.descriptorLba * SECTOR_BYTES, SECTOR_BYTES)
    return sector.length === SECTOR_BYTES ? sector : null
  }
  const old = { primary: read(primary), joliet: read(joliet), enhanced: read(enhanced) }
  if (old.primary !== null) clean(old.primary, isNew.md5, changes)
  const descriptors = (fresh: Uint8Array): Uint8Array => {
    const bytes = Uint8Array.from(fresh)
    for (let at = 0; at + SECTOR_BYTES <= bytes.length; at += SECTOR_BYTES) {
      const kind = kindOf(bytes, at)
      const kept = kind === null ? null : old[kind]
      if (kept === null) continue
      overlay(bytes, at, kept, kind === 'primary' && isNew.md5 ? [...newFields, 'applicationUse'] : newFields)
    }
    return bytes
  }
  return { descriptors, udf: udfIdentityOf(image), changes }
}

/** Systems know a UDF volume again by the name of its volume set. */
function udfIdentityOf({ udf }: OpenImage): KeptVolumes['udf'] {
  return {
    ...(udf?.volumeSetIdentifier ? { volumeSetIdentifier: udf.volumeSetIdentifier } : {}),
    ...(udf?.recordedMs ? { recordedMs: udf.recordedMs } : {}),
  }
}

function kindOf(bytes: Uint8Array, at: number): 'primary' | 'joliet' | 'enhanced' | null {
  const type = DescriptorHeader.fields.type.get(bytes, at)
  if (type === descriptorTypes.primary) return 'primary'
  if (type !== descriptorTypes.supplementary) return null
  if (DescriptorHeader.fields.version.get(bytes, at) === ENHANCED_VERSION) return 'enhanced'
  const escapes = JolietVolumeDescriptor.fields.escapeSequences.get(bytes, at)
  return jolietEscapes.includes(String.fromCharCode(...escapes.subarray(0, 3))) ? 'joliet' : null
}

/** Puts the old sector there, and then what is new in it. */
function overlay(
  bytes: Uint8Array,
  at: number,
  kept: Uint8Array,
  newFields: readonly (keyof typeof PrimaryVolumeDescriptor.fields)[],
): void {
  const fresh = bytes.slice(at, at + SECTOR_BYTES)
  bytes.set(kept, at)
  for (const name of newFields) {
    const { offset, sizeBytes } = PrimaryVolumeDescriptor.fields[name]
    bytes.set(fresh.subarray(offset, offset + sizeBytes), at + offset)
  }
}

/** Takes out what would not be true of the new image. */
function clean(sector: Buffer, isMd5New: boolean, changes: Change[]): void {
  const start = APPLICATION_USE.offset
  const text = sector.toString('latin1', start, start + APPLICATION_USE.sizeBytes)
  const implanted = text.indexOf(IMPLANTED_MD5)
  if (implanted >= 0 && !isMd5New) {
    sector.fill(' ', start + implanted, start + APPLICATION_USE.sizeBytes)
    changes.push(volumeChange('The checksum implanted in the image was that of the old one, and was taken out.'))
  }
  if (sector.toString('latin1', XA_MARK_OFFSET, XA_MARK_OFFSET + XA_MARK.length) === XA_MARK) {
    sector.fill(0, XA_MARK_OFFSET, XA_MARK_OFFSET + XA_MARK.length)
    changes.push(volumeChange('The attributes of CD-ROM XA were left out.'))
  }
}

const volumeChange = (reason: string): Change => ({ fileSystem: 'iso9660', kind: 'omitted', path: '/', becomes: null, reason })
