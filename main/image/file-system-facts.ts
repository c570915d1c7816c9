/** What each file system of an image says of itself. */
import type { FileSystemKind, IsoLevel } from '../../shared/image-project.ts'
import type { JobControl } from '../../shared/job.ts'
import type { Volume } from '../iso9660/volume-descriptor-set.ts'
import type { UdfVolume } from '../udf/open-udf.ts'
import { revisionText } from '../udf/revision.ts'
import { isoLevelOf } from './iso-level.ts'
import type { OpenImage } from './open-image.ts'

export interface FileSystemFacts {
  readonly kind: FileSystemKind
  /** ISO 9660: level of interchange that the names and extents keep to, 4 for ISO 9660:1999; Joliet: 1 to 3. */
  readonly level: IsoLevel | 4 | null
  /** Revision of UDF, version of Rock Ridge; null when the image doesn't say. */
  readonly version: string | null
  readonly label: string
  readonly systemId: string
  readonly volumeSetId: string
  readonly publisherId: string
  readonly preparerId: string
  readonly applicationId: string
  readonly createdMs: number | null
  readonly modifiedMs: number | null
  readonly expiresMs: number | null
  readonly effectiveMs: number | null
  readonly blockBytes: number
  readonly volumeSizeBytes: number
  /** Of UDF: the kinds of its partitions in the order of their maps; null for others. */
  readonly partitions: readonly string[] | null
}

/** Plain ISO 9660 first; walks its tree to tell its level. */
export async function fileSystemsOf(image: OpenImage, control: Pick<JobControl, 'checkpoint'>): Promise<FileSystemFacts[]> {
  const { plainVolume } = image
  const { primary, joliet, enhanced } = image.volumes
  const facts: FileSystemFacts[] = []
  if (plainVolume !== null) {
    const level = enhanced === null ? await isoLevelOf(image, control) : 4
    facts.push(isoFacts('iso9660', level, null, plainVolume))
  }
  if (joliet !== null) facts.push(isoFacts('joliet', joliet.jolietLevel as IsoLevel, null, joliet))
  if (primary !== null && image.rockRidge !== null) facts.push(isoFacts('rockridge', null, image.rockRidge.version, primary))
  if (image.udf !== null) facts.push(udfFacts(image.udf))
  return facts
}

function isoFacts(kind: FileSystemKind, level: IsoLevel | 4 | null, version: string | null, volume: Volume): FileSystemFacts {
  const { label, systemId, volumeSetId, publisherId, preparerId, applicationId, blockBytes } = volume
  const { createdMs, modifiedMs, expiresMs, effectiveMs } = volume
  return {
    kind,
    level,
    version,
    label,
    systemId,
    volumeSetId,
    publisherId,
    preparerId,
    applicationId,
    createdMs,
    modifiedMs,
    expiresMs,
    effectiveMs,
    blockBytes,
    volumeSizeBytes: volume.volumeSpaceBlocks * blockBytes,
    partitions: null,
  }
}

function udfFacts(volume: UdfVolume): FileSystemFacts {
  return {
    kind: 'udf',
    level: null,
    version: volume.revision === 0 ? null : revisionText(volume.revision),
    label: volume.label,
    systemId: '',
    volumeSetId: volume.volumeSetIdentifier ?? '',
    publisherId: '',
    preparerId: volume.implementationId,
    applicationId: volume.applicationId,
    createdMs: volume.recordedMs,
    modifiedMs: volume.integrity?.recordedMs ?? null,
    expiresMs: null,
    effectiveMs: null,
    blockBytes: volume.blockBytes,
    volumeSizeBytes: volume.endBytes,
    partitions: volume.partitions,
  }
}

/** Such as `ISO 9660 level 3`. */
export function fileSystemTitle(facts: Pick<FileSystemFacts, 'kind' | 'level' | 'version'>): string {
  switch (facts.kind) {
    case 'iso9660':
      return facts.level === null ? 'ISO 9660' : `ISO 9660 level ${facts.level}`
    case 'joliet':
      return facts.level === null ? 'Joliet' : `Joliet level ${facts.level}`
    case 'rockridge':
      return facts.version === null ? 'Rock Ridge' : `Rock Ridge ${facts.version}`
    case 'udf':
      return facts.version === null ? 'UDF' : `UDF ${facts.version}`
  }
}
