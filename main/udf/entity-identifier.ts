/** Entity identifiers (ECMA-167 1/7.4; UDF 2.1.5): who or what defined a structure, with a suffix that depends on which. */
import { raw, readU16Le, reserved, u8, u16le } from '../bytes/field-types.ts'
import { structure } from '../bytes/structure.ts'
import { nested } from './nested-field.ts'
import type { UdfRevision } from './revision.ts'
import { zeroPadded } from './zero-padded.ts'

export const EntityIdentifier = structure('Entity Identifier', 'ECMA-167 1/7.4', {
  flags: u8, // 1/7.4.1
  identifier: zeroPadded(23), // 1/7.4.2
  suffix: raw(8), // 1/7.4.3
})
export const entityIdentifier = nested(EntityIdentifier)
export type EntityIdentifierValue = ReturnType<typeof EntityIdentifier.parse>

export const DomainSuffix = structure('Domain Identifier Suffix', 'UDF 2.1.5.3', {
  revision: u16le,
  domainFlags: u8,
  reserved3: reserved(5),
})
export const UdfSuffix = structure('UDF Identifier Suffix', 'UDF 2.1.5.3', {
  revision: u16le,
  osClass: u8,
  osIdentifier: u8,
  reserved4: reserved(4),
})
export const ImplementationSuffix = structure('Implementation Identifier Suffix', 'UDF 2.1.5.3', {
  osClass: u8,
  osIdentifier: u8,
  implementationUse: raw(6),
})

export const domainFlags = { hardWriteProtect: 1, softWriteProtect: 2 } as const

/** Identifiers that UDF defines (6.1). */
export const entityNames = {
  domain: '*OSTA UDF Compliant',
  logicalVolumeInfo: '*UDF LV Info',
  virtualPartition: '*UDF Virtual Partition',
  sparablePartition: '*UDF Sparable Partition',
  metadataPartition: '*UDF Metadata Partition',
  virtualAllocationTable: '*UDF Virtual Alloc Tbl',
  sparingTable: '*UDF Sparing Table',
  developer: '*Isomer',
} as const

const OS_UNDEFINED = 0

/** The domain of a volume nobody may write to any more. */
export function domainEntity(revision: UdfRevision): EntityIdentifierValue {
  const flags = domainFlags.hardWriteProtect + domainFlags.softWriteProtect
  return { flags: 0, identifier: entityNames.domain, suffix: DomainSuffix.serialise({ revision, domainFlags: flags }) }
}

export function udfEntity(identifier: string, revision: UdfRevision): EntityIdentifierValue {
  return { flags: 0, identifier, suffix: UdfSuffix.serialise({ revision, osClass: OS_UNDEFINED, osIdentifier: 0 }) }
}

/** Who wrote the structure. */
export function developerEntity(): EntityIdentifierValue {
  const suffix = ImplementationSuffix.serialise({ osClass: OS_UNDEFINED, osIdentifier: 0, implementationUse: new Uint8Array(0) })
  return { flags: 0, identifier: entityNames.developer, suffix }
}

/** An identifier without suffix, such as `+NSR02`. */
export const plainEntity = (identifier: string): EntityIdentifierValue => ({ flags: 0, identifier, suffix: new Uint8Array(8) })

/** The revision in the suffix of a domain or UDF identifier, as 0x0102 for 1.02. */
export const revisionIn = (entity: EntityIdentifierValue): number => readU16Le(entity.suffix, 0)
