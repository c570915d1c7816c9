/** The boot record volume descriptor (ECMA-119 9.2), as El Torito fills it in: it says where the boot catalog is. */
import { constant, raw, reserved, text, u32le } from '../bytes/field-types.ts'
import { structure } from '../bytes/structure.ts'

/** El Torito 1.0, 2.0: the second descriptor of a volume, nowhere else. */
export const BOOT_RECORD_LBA = 17
export const EL_TORITO_SYSTEM = 'EL TORITO SPECIFICATION'

export const BootRecordDescriptor = structure('Boot Record Volume Descriptor', 'ECMA-119 9.2; El Torito 1.0 figure 7', {
  type: constant(0), // ECMA-119 9.2.1
  standardIdentifier: text(5), // ECMA-119 9.2.2
  version: constant(1), // ECMA-119 9.2.3
  bootSystemIdentifier: raw(32), // ECMA-119 9.2.4, padded with zeros by El Torito
  unused39: reserved(32), // ECMA-119 9.2.5
  catalogLba: u32le,
  unused75: reserved(1973),
})

/** The sector for LBA 17. */
export function composeBootRecord(catalogLba: number): Uint8Array {
  return BootRecordDescriptor.serialise({
    type: 0,
    standardIdentifier: 'CD001',
    version: 1,
    bootSystemIdentifier: Buffer.from(EL_TORITO_SYSTEM, 'latin1'),
    catalogLba,
  })
}

/** Whether a descriptor sector is El Torito's boot record. */
export function isElToritoRecord(bytes: Uint8Array): boolean {
  if (bytes.length < BootRecordDescriptor.sizeBytes) return false
  const { type, standardIdentifier, bootSystemIdentifier } = BootRecordDescriptor.parse(bytes)
  const system = Buffer.from(bootSystemIdentifier).toString('latin1')
  return type === 0 && standardIdentifier === 'CD001' && system.startsWith(EL_TORITO_SYSTEM)
}
