/** Opens an image: a handful of sector reads, from which its trees can be looked at. */
import { formatCount } from '../../shared/format.ts'
import type { Finding } from '../../shared/image-model.ts'
import type { FileSystemKind } from '../../shared/image-project.ts'
import { Problem } from '../../shared/problem.ts'
import { FileByteSource, type ImageSource } from '../bytes/byte-source.ts'
import { FindingLog } from '../bytes/finding-log.ts'
import { MetadataCache } from '../bytes/metadata-cache.ts'
import { IsoView } from '../iso9660/iso-view.ts'
import { detectRockRidge, type RockRidgeFacts } from '../iso9660/rock-ridge-detection.ts'
import { findSessions, rootLbaAtBeginning, SESSION_ALIGNMENT_BLOCKS, type Session, sessionFrom } from '../iso9660/sessions.ts'
import { FIRST_DESCRIPTOR_LBA, SECTOR_BYTES } from '../iso9660/volume-descriptor.ts'
import { LEAST_IMAGE_BYTES, readVolumeDescriptorSet, type Volume, type VolumeDescriptorSet } from '../iso9660/volume-descriptor-set.ts'
import { openUdf, type UdfVolume } from '../udf/open-udf.ts'
import type { BootEquipment } from './boot-equipment.ts'
import type { Contained } from './contained.ts'
import type { ImageView } from './image-view.ts'
import { unreadableImage } from './unreadable-image.ts'
import { rankedViews } from './view-preference.ts'

export interface OpenOptions {
  /** Number of the session to show; the newest when left out. */
  readonly session?: number | undefined
  /** Whether entries are to have all that is recorded of them, for taking them over into another image. */
  readonly wantsDetails?: boolean | undefined
  /** Where the session to show begins, when that is known from the disc's table of contents; it is then the only one. */
  readonly startLba?: number | undefined
}

export class OpenImage {
  readonly path: string
  readonly source: ImageSource
  /** The container that it lies in; null for an image that is a file of its own. */
  readonly contained: Contained | null
  readonly volumes: VolumeDescriptorSet
  /** The volume of the plain tree: the enhanced one where there is one, for it has longer names (ISO 9660:1999). */
  readonly plainVolume: Volume | null
  /** Of ISO 9660, oldest first; none where there is only UDF. */
  readonly sessions: readonly Session[]
  /** The one whose trees are shown; null where there is only UDF. */
  readonly session: Session | null
  /** Null when there is no Rock Ridge. */
  readonly rockRidge: RockRidgeFacts | null
  /** Null when there is no UDF, or none that can be read: the findings tell. */
  readonly udf: UdfVolume | null
  /** In order of preference. */
  readonly viewKinds: readonly FileSystemKind[]
  readonly #wantsDetails: boolean
  /** Above 0 for a session or track that counts from the beginning of its disc: what lies there is not its own. */
  readonly #startLba: number
  readonly #cache: MetadataCache
  readonly #log: FindingLog
  #bootEquipment: BootEquipment | null = null
  #bootView: ImageView | null = null
  readonly #views = new Map<FileSystemKind, ImageView>()

  /** `contained` tells where the source comes from; it is closed with the image. */
  constructor(source: ImageSource, options: OpenOptions = {}, contained: Contained | null = null) {
    this.path = source.path
    this.source = source
    this.contained = contained
    this.#wantsDetails = options.wantsDetails ?? false
    this.#startLba = options.startLba ?? contained?.startLba ?? 0
    this.#cache = new MetadataCache(source)
    this.#log = contained?.log ?? new FindingLog()
    this.udf = openUdf(source, this.#log, this.#cache)
    this.sessions = this.#findSessions()
    this.session = this.#chosenSession(options.session)
    this.volumes = readVolumeDescriptorSet(source, this.#log, this.session?.descriptorsLba)
    const { primary, joliet, enhanced } = this.volumes
    this.plainVolume = enhanced ?? primary
    this.rockRidge = primary === null ? null : detectRockRidge(this.#cache, primary, this.#log)
    const present = { iso9660: this.plainVolume, joliet, rockridge: this.rockRidge, udf: this.udf }
    this.viewKinds = rankedViews((kind) => present[kind] !== null, source.sizeBytes)
    if (this.viewKinds.length === 0) throw unreadableImage(source.path, source, this.#log.list())
    const volume = this.plainVolume ?? joliet
    if (volume !== null) this.#noteSize(volume)
  }

  /** The view of a kind, or the best one. Throws a `usage` Problem when the image has no such view. */
  view(kind: FileSystemKind | 'auto'): ImageView {
    const wanted = kind === 'auto' ? (this.viewKinds[0] as FileSystemKind) : kind
    if (!this.viewKinds.includes(wanted)) {
      throw new Problem({
        kind: 'usage',
        code: 'no-such-view',
        message: `${this.path} has no ${wanted} tree.`,
        advice: `It has: ${this.viewKinds.join(', ')}.`,
      })
    }
    const known = this.#views.get(wanted)
    if (known !== undefined) return known
    const view = wanted === 'udf' ? (this.udf as UdfVolume).view : this.#isoView(wanted)
    this.#views.set(wanted, view)
    return view
  }

  #isoView(kind: Exclude<FileSystemKind, 'udf'>): IsoView {
    return new IsoView({
      kind,
      source: this.source,
      cache: this.#cache,
      volume: (kind === 'joliet' ? this.volumes.joliet : kind === 'rockridge' ? this.volumes.primary : this.plainVolume) as Volume,
      findings: this.#log,
      skippedBytes: this.rockRidge?.skippedBytes ?? 0,
      wantsDetails: this.#wantsDetails,
    })
  }

  /** Boot catalog and partition tables. What reads them is loaded when they are asked for: a listing starts sooner without. */
  async bootEquipment(): Promise<BootEquipment> {
    if (this.#bootEquipment !== null) return this.#bootEquipment
    const { readBootEquipment } = await import('./boot-equipment.ts')
    const tree = () => this.view(this.plainVolume === null ? 'auto' : 'iso9660')
    this.#bootEquipment ??= readBootEquipment(this.source, this.volumes.hasBootRecord, tree, this.#log)
    return this.#bootEquipment
  }

  /** Boot images and partitions as files. */
  async bootView(): Promise<ImageView> {
    const { BootView } = await import('./boot-view.ts')
    const { catalog, tables } = await this.bootEquipment()
    this.#bootView ??= new BootView(this.source, catalog, tables)
    return this.#bootView
  }

  /** What was found wrong or odd so far; grows as directories are looked at. */
  get findings(): Finding[] {
    return this.#log.list()
  }

  /** Where a volume of the session that is shown claims to end; it counts from the session's beginning. */
  endBytesOf(volume: Volume): number {
    return (this.session?.startLba ?? 0) * SECTOR_BYTES + volume.volumeSpaceBlocks * volume.blockBytes
  }

  /** Adds to the findings. */
  get findingLog(): FindingLog {
    return this.#log
  }

  close(): void {
    this.source.close()
    this.contained?.close()
  }

  #findSessions(): Session[] {
    if (this.#startLba > 0) return sessionFrom(this.source, this.#startLba)
    // Behind the ISO 9660 volume of a bridge lies UDF: there is nothing to look for far away.
    return findSessions(this.source, this.udf === null ? undefined : SESSION_ALIGNMENT_BLOCKS)
  }

  /** Throws a `usage` Problem when there is no such session. */
  #chosenSession(number: number | undefined): Session | null {
    const newest = this.sessions.at(-1) ?? null
    const session = number === undefined ? newest : this.sessions.find((candidate) => candidate.number === number)
    if (session === undefined) {
      throw new Problem({
        kind: 'usage',
        code: 'no-such-session',
        message: `${this.path} has no session ${number}.`,
        advice: `It has ${formatCount(this.sessions.length, 'session', 'sessions')}.`,
      })
    }
    if (this.#startLba === 0) this.#noteBeginning()
    return session
  }

  /** Most programs only look at the beginning of an image: what it leads to is what they show. */
  #noteBeginning(): void {
    const rootLba = rootLbaAtBeginning(this.source)
    const led = this.sessions.find((session) => session.rootLba === rootLba)
    const place = { offsetBytes: FIRST_DESCRIPTOR_LBA * SECTOR_BYTES }
    if (rootLba !== null && led === undefined) {
      const message = 'The beginning of the image leads to a session that is not there; the image is probably cut off.'
      this.#log.add('newest-session-missing', 'damaged', message, place)
    } else if (led !== this.sessions.at(-1)) {
      const message = `The image has ${this.sessions.length} sessions, and its beginning leads to an older one, which is what many programs show.`
      this.#log.add('older-session-first', 'note', message, place)
    }
  }

  #noteSize(volume: Volume): void {
    const { sizeBytes } = this.source
    const claimedBytes = this.endBytesOf(volume)
    const offsetBytes = volume.descriptorLba * 2048
    if (claimedBytes > sizeBytes) {
      const missing = Math.ceil((claimedBytes - sizeBytes) / volume.blockBytes)
      const message = `The image appears to be cut off: ${missing.toLocaleString('en')} of ${volume.volumeSpaceBlocks.toLocaleString('en')} sectors are missing.`
      this.#log.add('image-cut-off', 'damaged', message, { offsetBytes, clause: 'ECMA-119 9.4.8' })
    } else if (claimedBytes < LEAST_IMAGE_BYTES) {
      const message = 'The volume claims to be smaller than its own descriptors; the size of the file was believed.'
      this.#log.add('volume-size-too-small', 'note', message, { offsetBytes, clause: 'ECMA-119 9.4.8' })
    }
    if (sizeBytes % 2048 !== 0) {
      this.#log.add('partial-last-sector', 'note', 'The image does not end at the end of a sector.', { offsetBytes: sizeBytes })
    }
  }
}

/** Opens a file that is an image itself, in no container (`openAnyImage` opens those too). Throws an `io` Problem when it can't be read, an `image` Problem when it is no image that Isomer knows. */
export function openImage(path: string, options: OpenOptions = {}): OpenImage {
  const source = FileByteSource.open(path)
  try {
    return new OpenImage(source, options)
  } catch (error) {
    source.close()
    throw error
  }
}
