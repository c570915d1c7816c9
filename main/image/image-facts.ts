/** The facts of an image: what it says of itself, and what is in it. */
import type { ContainerFacts } from '../../shared/container.ts'
import type { Finding } from '../../shared/image-model.ts'
import type { FileSystemKind } from '../../shared/image-project.ts'
import type { JobControl } from '../../shared/job.ts'
import type { PartitionTables } from '../boot/partition-tables.ts'
import { type BootImageFacts, bootImageFacts } from './boot-facts.ts'
import { type FileSystemFacts, fileSystemsOf } from './file-system-facts.ts'
import type { OpenImage } from './open-image.ts'
import { type OtherFileSystem, otherFileSystems } from './other-file-systems.ts'
import { noteProtection } from './protection.ts'
import { walkView } from './walk-view.ts'

export interface SessionFacts {
  /** From 1. */
  readonly number: number
  /** In sectors of 2048 bytes. */
  readonly startLba: number
  readonly sizeBlocks: number
}

export interface ImageFacts {
  readonly path: string
  readonly sizeBytes: number
  /** Kind of the container that it lies in; `iso` for an image that is a file of its own. */
  readonly container: string
  /** What there is to tell of the container; null for such an image. */
  readonly disc: ContainerFacts | null
  readonly label: string
  /** Best last is not promised; plain ISO 9660 comes first. */
  readonly fileSystems: readonly FileSystemFacts[]
  /** The tree that the counts are of: the best one. */
  readonly view: FileSystemKind
  readonly files: number
  readonly directories: number
  readonly contentBytes: number
  /** Of ISO 9660, oldest first. */
  readonly sessions: readonly SessionFacts[]
  /** Number of the one that is shown; null where there is only UDF. */
  readonly session: number | null
  /** What firmware can start, in the order of the boot catalog. */
  readonly boot: readonly BootImageFacts[]
  /** Of hybrid images, as they are recorded. */
  readonly partitionTables: PartitionTables
  /** File systems that are there but not read. */
  readonly otherFileSystems: readonly OtherFileSystem[]
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
  noteProtection(view, image.findingLog)
  const fileSystems = await fileSystemsOf(image, control)
  const { catalog, tables } = await image.bootEquipment()
  return {
    path: image.path,
    sizeBytes: image.source.sizeBytes,
    container: image.contained?.facts.kind ?? 'iso',
    disc: image.contained?.facts ?? null,
    label: fileSystems.find(({ kind }) => kind === view.kind)?.label ?? '',
    fileSystems,
    view: image.viewKinds[0] as FileSystemKind,
    files,
    directories,
    contentBytes,
    sessions: image.sessions.map(({ number, startLba, sizeBlocks }) => ({ number, startLba, sizeBlocks })),
    session: image.session?.number ?? null,
    boot: catalog === null ? [] : bootImageFacts(catalog),
    partitionTables: tables,
    otherFileSystems: otherFileSystems(image.source, tables, image.findingLog),
    findings: image.findings,
  }
}
