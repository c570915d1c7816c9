/**
 * Write: a finished layout goes out in one pass, from the first sector to the last. Nothing can fail here but reading
 * a source or writing the target.
 */
import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, type Stats } from 'node:fs'
import type { JobControl } from '../../../shared/job.ts'
import { TRANSFER_BYTES } from '../../../shared/limits.ts'
import { composeBootCatalog } from '../../boot/boot-catalog-composer.ts'
import { type BootFileNeeds, patchBootFile } from '../../boot/boot-file-needs.ts'
import { InternalProblem } from '../../bytes/internal-problem.ts'
import type { SequentialWriter } from '../../bytes/sequential-writer.ts'
import { FIRST_DESCRIPTOR_LBA, SECTOR_BYTES } from '../../iso9660/volume-descriptor.ts'
import { UdfVolumeWriter } from '../../udf/udf-volume-writer.ts'
import { childHostPath, displayHostPath, hostPathOf, stagedPathOf } from './host-path.ts'
import { IsoDirectoryComposer } from './iso-directory.ts'
import type { ImageLayout, SupplementaryPlace, UdfPlace } from './layout.ts'
import type { BootPlan, FileContent, PlannedEntry } from './planned-tree.ts'
import { sourceChanged, sourceProblem, sourceVanished, storedIncomplete } from './source-problems.ts'
import type { SourceContent, SourceNode } from './source-tree.ts'
import { SupplementaryDirectoryComposer } from './supplementary-directory.ts'
import { composeDescriptors, composeIsoPathTables, composeSupplementaryPathTables } from './volume-descriptors.ts'
import { volumeSeed } from './volume-seed.ts'

/** Symbolic links and pipes may have taken a file's place since the scan: don't follow, don't wait. */
const OPEN_FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

/** What an image says of itself besides its contents. */
export interface ImageStamp {
  /** When it was made, unless its plan fixes the time. */
  readonly nowMs: number
  /** What is implanted in the primary volume descriptor; null for nothing. */
  readonly implanted: Uint8Array | null
}

/** Writes the whole image. Throws SourceProblem for a source, whatever the sink throws, and the cancelled Problem. */
export async function writeImage(layout: ImageLayout, writer: SequentialWriter, control: JobControl, stamp: ImageStamp): Promise<void> {
  await new ImageWriting(layout, writer, control).run(stamp)
}

/** Digits in a UDF volume's name of its own (UDF 2.2.2.5). */
const UNIQUE_DIGITS = 16

function udfWriter(layout: ImageLayout, { tree, head, tail }: UdfPlace, recordedMs: number, seed: string): UdfVolumeWriter<PlannedEntry> {
  const { label, kept } = layout.plan
  const fresh = { label: label.text, recordedMs, uniqueDigits: seed.slice(0, UNIQUE_DIGITS) }
  return new UdfVolumeWriter(tree, head, tail, { ...fresh, ...kept?.udf })
}

function bootCatalogOf({ id, entries }: BootPlan): Uint8Array {
  const placed = entries.map(({ fields, content }) => ({ ...fields, extentLba: content.extentLba }))
  return composeBootCatalog(placed, id)
}

function requireUnchanged(source: SourceNode): void {
  const display = displayHostPath(source)
  let stats: Stats
  try {
    stats = lstatSync(hostPathOf(source) ?? '')
  } catch (error) {
    throw sourceVanished(display, error)
  }
  if (stats.size !== source.sizeBytes || Math.floor(stats.mtimeMs / 1000) !== source.modifiedS)
    throw sourceChanged(display, 'its size or modification time moved after it was compared with others')
}

class ImageWriting {
  private readonly layout: ImageLayout
  private readonly writer: SequentialWriter
  private readonly control: JobControl
  private doneFiles = 0
  private lastParent: SourceNode | null = null
  private lastParentPath: string | Buffer | null = null

  constructor(layout: ImageLayout, writer: SequentialWriter, control: JobControl) {
    this.layout = layout
    this.writer = writer
    this.control = control
  }

  async run({ nowMs, implanted }: ImageStamp): Promise<void> {
    const { layout, writer } = this
    const { fixedTimeS } = layout.plan.policy
    const atMs = fixedTimeS === null ? nowMs : fixedTimeS * 1000
    const seed = layout.udf === null && layout.plan.systemArea === null ? '' : volumeSeed(layout, atMs)
    const udf = layout.udf && udfWriter(layout, layout.udf, atMs, seed)
    const system = layout.plan.systemArea?.compose(layout.sizeBlocks, seed) ?? null
    writer.append(system?.systemArea ?? new Uint8Array(FIRST_DESCRIPTOR_LBA * SECTOR_BYTES))
    if (layout.isoPathTable !== null) {
      const descriptors = composeDescriptors(layout, layout.isoPathTable, atMs, implanted)
      writer.append(layout.plan.kept?.descriptors(descriptors) ?? descriptors)
    }
    if (layout.udf !== null && udf !== null) {
      this.expectAt(layout.udf.head.recognitionLba, 'UDF volume')
      writer.append(udf.head())
      await this.pieces(udf.tree())
    }
    if (layout.isoPathTable !== null) {
      writer.append(composeIsoPathTables(layout, layout.isoPathTable))
      await this.isoDirectories()
    }
    for (const place of layout.supplementary) {
      writer.append(composeSupplementaryPathTables(place))
      await this.supplementaryDirectories(place)
    }
    if (layout.catalogLba !== null && layout.plan.boot !== null) {
      this.expectAt(layout.catalogLba, 'boot catalog')
      writer.append(bootCatalogOf(layout.plan.boot))
    }
    for (const content of layout.plan.contents) await this.content(content)
    if (layout.udf !== null && udf !== null) {
      this.expectAt(layout.udf.endLba, 'end of the contents')
      await this.pieces(udf.tail(layout.udf.endLba))
    }
    const tail = system?.tail ?? new Uint8Array(0)
    writer.zeros(layout.sizeBytes - tail.length - this.positionBytes)
    writer.append(tail)
  }

  private async pieces(pieces: Iterable<Uint8Array>): Promise<void> {
    for (const piece of pieces) {
      this.writer.append(piece)
      await this.pause(this.layout.plan.root.entry.source)
    }
  }

  private async isoDirectories(): Promise<void> {
    const composer = new IsoDirectoryComposer(this.layout.plan)
    for (const directory of this.layout.plan.isoDirectories) {
      const { extentLba, sizeBytes, continuationBytes } = directory.iso
      this.expectAt(extentLba, 'ISO 9660 directory')
      const bytes = new Uint8Array(sizeBytes + continuationBytes)
      composer.write(directory, bytes)
      this.writer.append(bytes)
      await this.pause(directory.entry.source)
    }
  }

  private async supplementaryDirectories({ tree }: SupplementaryPlace): Promise<void> {
    const { form, directories } = tree
    const composer = new SupplementaryDirectoryComposer(this.layout.plan, form)
    for (const directory of directories) {
      const { extentLba, sizeBytes } = form.place(directory)
      this.expectAt(extentLba, `${form.kind} directory`)
      const bytes = new Uint8Array(sizeBytes)
      composer.write(directory, bytes)
      this.writer.append(bytes)
      await this.pause(directory.entry.source)
    }
  }

  private async content(content: FileContent): Promise<void> {
    const { source } = content
    if (content.isWritten) {
      if (content.rare.alignBlocks > 1 || content.rare.gapBlocks > 0)
        this.writer.zeros(content.extentLba * SECTOR_BYTES - this.positionBytes)
      this.expectAt(content.extentLba, 'file')
      if (source.extra?.content === undefined) await this.hostFile(content)
      else await this.storedContent(content, source.extra.content)
      const past = source.sizeBytes % SECTOR_BYTES
      if (past > 0) this.writer.zeros(SECTOR_BYTES - past)
    } else if (content.rare.storedWith !== null && source.extra?.content === undefined) {
      // Both were read to see that they are the same, and one of them since.
      for (const { source: either } of [content, content.rare.storedWith]) requireUnchanged(either)
    }
    this.doneFiles++
    const pause = this.pause(source)
    if (pause !== undefined) await pause
  }

  private async hostFile(content: FileContent): Promise<void> {
    const fd = this.open(content.source)
    try {
      if (content.rare.bootNeeds === null) await this.copy(fd, content.source)
      else this.bootFile(fd, content, content.rare.bootNeeds)
    } finally {
      closeSync(fd)
    }
  }

  /** Bytes of an image that is edited. */
  private async storedContent({ source, rare, extentLba }: FileContent, stored: SourceContent): Promise<void> {
    const { sizeBytes } = source
    const { bootNeeds } = rare
    const content = stored.open()
    // What a loader wants written into it needs all of its bytes at once.
    const buffer = Buffer.allocUnsafe(bootNeeds === null ? Math.min(TRANSFER_BYTES, sizeBytes) : sizeBytes)
    for (let at = 0; at < sizeBytes; at += buffer.length) {
      const piece = buffer.subarray(0, sizeBytes - at)
      if (content.read(at, piece) < piece.length) throw storedIncomplete(stored.displayPath)
      if (bootNeeds !== null) patchBootFile(piece, bootNeeds, { primaryDescriptorLba: FIRST_DESCRIPTOR_LBA, fileLba: extentLba })
      this.writer.append(piece)
      const pause = this.pause(source)
      if (pause !== undefined) await pause
    }
    content.close()
  }

  /** A boot loader's file with its place written into it; it was measured to be small. */
  private bootFile(fd: number, { source, extentLba }: FileContent, needs: BootFileNeeds): void {
    const bytes = Buffer.alloc(source.sizeBytes + 1)
    let got = 0
    try {
      for (let last = -1; last !== 0 && got < bytes.length; got += last) last = readSync(fd, bytes, got, bytes.length - got, null)
    } catch (error) {
      throw sourceProblem(displayHostPath(source), error)
    }
    if (got !== source.sizeBytes) throw sourceChanged(displayHostPath(source), `has not ${source.sizeBytes} bytes any more`)
    const file = bytes.subarray(0, got)
    patchBootFile(file, needs, { primaryDescriptorLba: FIRST_DESCRIPTOR_LBA, fileLba: extentLba })
    this.writer.append(file)
  }

  private async copy(fd: number, source: SourceNode): Promise<void> {
    const before = source.sizeBytes >= this.writer.roomBytes ? fstatSync(fd) : null
    let left = source.sizeBytes
    let probed = false
    while (left > 0) {
      // Asking for one byte more than planned shows in the same call that a file has grown.
      probed = this.writer.roomBytes > left
      const got = this.read(fd, left, probed ? 1 : 0, source)
      if (got === 0) throw sourceChanged(displayHostPath(source), `ended ${left} bytes early`)
      if (got > left) throw sourceChanged(displayHostPath(source), `goes on after ${source.sizeBytes} bytes`)
      left -= got
      const pause = left > 0 ? this.pause(source) : undefined
      if (pause !== undefined) await pause
    }
    if (!probed && readSync(fd, new Uint8Array(1), 0, 1, null) > 0)
      throw sourceChanged(displayHostPath(source), `goes on after ${source.sizeBytes} bytes`)
    if (before !== null && fstatSync(fd).mtimeMs !== before.mtimeMs)
      throw sourceChanged(displayHostPath(source), 'its modification time moved while it was read')
  }

  private read(fd: number, maxBytes: number, probeBytes: number, source: SourceNode): number {
    try {
      return this.writer.appendFrom(fd, maxBytes, probeBytes)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).syscall === 'read') throw sourceProblem(displayHostPath(source), error)
      throw error
    }
  }

  private open(source: SourceNode): number {
    try {
      return openSync(this.pathOf(source), OPEN_FLAGS)
    } catch (error) {
      const display = displayHostPath(source)
      throw (error as NodeJS.ErrnoException).code === 'ENOENT' ? sourceVanished(display, error) : sourceProblem(display, error)
    }
  }

  /** Files come folder by folder, so a folder's path is put together once. */
  private pathOf(source: SourceNode): string | Buffer {
    if (source.hostPath !== null) return source.hostPath
    if (source.parent !== this.lastParent || this.lastParentPath === null) {
      this.lastParent = source.parent
      this.lastParentPath = source.parent === null ? null : hostPathOf(source.parent)
    }
    if (this.lastParentPath === null) throw new InternalProblem(`no host path for ${source.name}`)
    return childHostPath(this.lastParentPath, source.extra?.nameBytes ?? source.name)
  }

  private pause(source: SourceNode): Promise<void> | undefined {
    const pause = this.control.checkpoint()
    if (pause === undefined) return undefined
    this.control.progress({
      phase: 'write',
      doneBytes: this.writer.positionBytes,
      totalBytes: this.layout.sizeBytes - this.layout.startLba * SECTOR_BYTES,
      doneItems: this.doneFiles,
      current: stagedPathOf(source),
    })
    return pause
  }

  /** In the image, which the writer's bytes may be a session of. */
  private get positionBytes(): number {
    return this.layout.startLba * SECTOR_BYTES + this.writer.positionBytes
  }

  private expectAt(lba: number, what: string): void {
    if (this.positionBytes !== lba * SECTOR_BYTES)
      throw new InternalProblem(`a ${what} planned at LBA ${lba} would be written at byte ${this.positionBytes}`)
  }
}
