/** Volume structure descriptors of the volume recognition sequence (ECMA-167 2/9.1; UDF 2.1.7): say that a volume has UDF. */
import { raw, text, u8 } from '../bytes/field-types.ts'
import { structure } from '../bytes/structure.ts'
import { isThirdEdition } from './revision.ts'

/** The sequence begins 32 KiB into the volume, one descriptor in each 2048 bytes (or each block, if that is longer). */
export const RECOGNITION_OFFSET_BYTES = 32_768
export const RECOGNITION_STEP_BYTES = 2048

export const VolumeStructureDescriptor = structure('Volume Structure Descriptor', 'ECMA-167 2/9.1', {
  type: u8, // 2/9.1.1
  standardIdentifier: text(5), // 2/9.1.2
  version: u8, // 2/9.1.3
  data: raw(2041), // 2/9.1.4
})

/** Standard identifiers (ECMA-167 2/9.1.2, 3/9.1.2). */
export const recognitionIds = { begin: 'BEA01', secondEdition: 'NSR02', thirdEdition: 'NSR03', terminate: 'TEA01' } as const

export const nsrOf = (revision: number): string => (isThirdEdition(revision) ? recognitionIds.thirdEdition : recognitionIds.secondEdition)

/** Sectors of the sequence that `composeRecognition` gives. */
export const RECOGNITION_SECTORS = 3

/** The sequence; on a bridge volume it stands right behind the terminator of the ISO 9660 descriptors. */
export function composeRecognition(revision: number): Uint8Array {
  const { sizeBytes } = VolumeStructureDescriptor
  const bytes = new Uint8Array(RECOGNITION_SECTORS * sizeBytes)
  for (const [i, standardIdentifier] of [recognitionIds.begin, nsrOf(revision), recognitionIds.terminate].entries())
    VolumeStructureDescriptor.serialise({ type: 0, standardIdentifier, version: 1, data: new Uint8Array(0) }, bytes, i * sizeBytes)
  return bytes
}
