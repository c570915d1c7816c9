/** The facts of an image: what it says of itself, and what is in it. */
import type { Finding } from '../../shared/image-model.ts'
import type { FileSystemKind, IsoLevel } from '../../shared/image-project.ts'
import type { JobControl } from '../../shared/job.ts'
import type { Volume } from '../iso9660/volume-descriptor-set.ts'
import { isoLevelOf } from './iso-level.ts'
import type { OpenImage } from './open-image.ts'
import { walkView } from './walk-view.ts'

export interface FileSystemFacts {
  readonly kind: FileSystemKind
  /** ISO 9660: level of interchange that the names and extents keep to, 4 for ISO 9660:1999; Joliet: 1 to 3. */
  readonly level: IsoLevel | 4 | null
  /** Of Rock Ridge, when the image says. */
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
}

export interface ImageFacts {
  readonly path: string
  readonly sizeBytes: number
  readonly container: 'iso'
  readonly label: string
  /** Best last is not promised; plain ISO 9660 comes first. */
  readonly fileSystems: readonly FileSystemFacts[]
  /** The tree that the counts are of: the best one. */
  readonly view: FileSystemKind
  readonly files: number
  readonly directories: number
  readonly contentBytes: number
  readonly findings: readonly Finding[]
}

const STEPS_BETWEEN_CHECKPOINTS = 512

/** Walks the best tree to count it, and the plain one for its level. */
export async function imageFacts(image: OpenImage, control: Pick<JobControl, 'checkpoint'>): Promise<ImageFacts> {
  const view = image.view('auto')
  let files = 0
  let directories = 0
  let contentBytes = 0
  for (const { entry } of walkView(view, view.root, '/', image.findingLog)) {
    if (entry.type === 'directory') directories++
    else files++
    if (entry.type === 'file') contentBytes += entry.sizeBytes
    if ((files + directories) % STEPS_BETWEEN_CHECKPOINTS === 0) await control.checkpoint()
  }
  const fileSystems = await fileSystemsOf(image, control)
  return {
    path: image.path,
    sizeBytes: image.source.sizeBytes,
    container: 'iso',
    label: fileSystems.find(({ kind }) => kind === view.kind)?.label ?? '',
    fileSystems,
    view: view.kind,
    files,
    directories,
    contentBytes,
    findings: image.findings,
  }
}

async function fileSystemsOf(image: OpenImage, control: Pick<JobControl, 'checkpoint'>): Promise<FileSystemFacts[]> {
  const { primary, joliet, enhanced } = image.volumes
  const facts: FileSystemFacts[] = []
  if (primary !== null) {
    const level = enhanced === null ? await isoLevelOf(image, control) : 4
    facts.push(factsOf('iso9660', level, null, primary))
  }
  if (joliet !== null) facts.push(factsOf('joliet', joliet.jolietLevel as IsoLevel, null, joliet))
  if (primary !== null && image.rockRidge !== null) facts.push(factsOf('rockridge', null, image.rockRidge.version, primary))
  return facts
}

function factsOf(kind: FileSystemKind, level: IsoLevel | 4 | null, version: string | null, volume: Volume): FileSystemFacts {
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
