/** What somebody should know before using an image from a stranger. Facts, no judgement: most of them have good reasons. */
import { formatCount, formatExactBytes } from '../../shared/format.ts'
import type { Finding } from '../../shared/image-model.ts'
import type { JobControl } from '../../shared/job.ts'
import { TRANSFER_BYTES } from '../../shared/limits.ts'
import { DISK_SECTOR_BYTES } from '../boot/disk-sector.ts'
import { partitionExtents } from '../boot/partition-tables.ts'
import { type ByteSource, readUpTo } from '../bytes/byte-source.ts'
import { FindingLog } from '../bytes/finding-log.ts'
import type { ImageEntry, ImageView } from '../image/image-view.ts'
import type { OpenImage } from '../image/open-image.ts'
import { pathOfStep, walkView } from '../image/walk-view.ts'
import { SECTOR_BYTES } from '../iso9660/volume-descriptor.ts'
import { judgeTag, tagIdentifier, tagIds } from '../udf/descriptor-tag.ts'
import type { UdfVolume } from '../udf/open-udf.ts'
import { AnchorVolumeDescriptorPointer } from '../udf/volume-descriptors.ts'
import { disguiseOf, type ProgramSystem, programSystem } from './program-names.ts'
import { decodeText } from './text-of-file.ts'

const STEPS_BETWEEN_CHECKPOINTS = 512
const MAX_AUTORUN_BYTES = 64 * 1024
/** Bytes behind the volume that are looked at. */
const MAX_APPENDED_BYTES = 64 * 1024 * 1024

const ZEROS = Buffer.alloc(TRANSFER_BYTES)

/** The facts of an image, most serious first. Reads its folders and a little more. */
export async function safetyFacts(image: OpenImage, control: Pick<JobControl, 'checkpoint'>): Promise<Finding[]> {
  const seen: Seen = { log: new FindingLog(), programs: new ProgramCount(), hidden: new HiddenCount(), told: new Set() }
  for (const kind of image.viewKinds) await lookThrough(image.view(kind), seen, control)
  const { log, programs, hidden } = seen
  programs.note(log)
  hidden.note(log)
  await noteAppended(image, log, control)
  return log.list().sort((a, b) => weight(a) - weight(b))
}

const weight = ({ severity }: Finding): number => (severity === 'note' ? 1 : 0)

/** Programs by system; a content counts once, in however many trees and under whatever names it is. */
class ProgramCount {
  readonly #found = new Map<ProgramSystem, { readonly first: string; readonly places: Set<string> }>()

  add(system: ProgramSystem, place: string, path: string): void {
    const known = this.#found.get(system) ?? { first: path, places: new Set() }
    known.places.add(place)
    this.#found.set(system, known)
  }

  note(log: FindingLog): void {
    for (const [system, { first, places }] of this.#found) {
      const message =
        places.size === 1
          ? `There is 1 program for ${system} in the image.`
          : `There are ${formatCount(places.size, 'program', 'programs')} for ${system} in the image.`
      log.add(`programs-${system.toLowerCase()}`, 'note', message, { path: first })
    }
  }
}

/** Entries that the file system asks not to show; a content counts once. */
class HiddenCount {
  readonly #places = new Set<string>()
  #first: string | undefined

  add(place: string, path: string): void {
    this.#first ??= path
    this.#places.add(place)
  }

  note(log: FindingLog): void {
    const count = this.#places.size
    if (count === 0) return
    const message =
      count === 1
        ? "1 entry is marked as hidden: systems that heed the mark don't show it."
        : `${formatCount(count, 'entry', 'entries')} are marked as hidden: systems that heed the mark don't show them.`
    log.add('hidden-entries', 'note', message, { path: this.#first })
  }
}

const disguises = {
  turned: 'The name of a program is written so that its end is shown in the middle: it may look like something else.',
  padded: 'The name of a program has its end far to the right, where it may not be seen.',
  double: 'The name of a program looks like that of a document; systems that hide extensions show only that.',
} as const

/** What is known of the trees looked through so far. */
interface Seen {
  readonly log: FindingLog
  readonly programs: ProgramCount
  readonly hidden: HiddenCount
  /** Contents that were spoken of. */
  readonly told: Set<string>
}

/** Looks at the names of one tree. */
async function lookThrough(view: ImageView, { log, programs, hidden, told }: Seen, control: Pick<JobControl, 'checkpoint'>): Promise<void> {
  let steps = 0
  // What is wrong with the tree is found by whoever checks the image.
  for (const step of walkView(view, view.root, '/', new FindingLog())) {
    if (++steps % STEPS_BETWEEN_CHECKPOINTS === 0) await control.checkpoint()
    const { entry, folder } = step
    const path = pathOfStep(step)
    if (entry.isHidden) hidden.add(placeOf(view, entry, path), path)
    const isAutorun = folder === '' && entry.type === 'file' && entry.name.toLowerCase() === 'autorun.inf'
    const system = programSystem(entry.name)
    if (!isAutorun && system === null) continue
    const place = placeOf(view, entry, path)
    if (system !== null) programs.add(system, place, path)
    const disguise = disguiseOf(entry.name)
    if (told.has(place) || (!isAutorun && disguise === null)) continue
    told.add(place)
    if (isAutorun) noteAutorun(view, entry, log)
    else if (disguise !== null) log.add(`disguised-${disguise}`, 'suspicious', disguises[disguise], { path })
  }
}

/** Tells a content from others; empty ones by their paths. */
function placeOf(view: ImageView, entry: ImageEntry, path: string): string {
  const [extent] = entry.extents
  return extent === undefined || entry.sizeBytes === 0 ? path.toLowerCase() : `${view.offsetBytes(extent)}:${entry.sizeBytes}`
}

/** Keys of autorun.inf that name what is to be started. */
const STARTED = /^[ \t]*(?:open|shellexecute|shell\\[^=\r\n]*\\command)[ \t]*=[ \t]*(\S.*)$/gim

function noteAutorun(view: ImageView, entry: ImageEntry, log: FindingLog): void {
  const content = view.contentSource(entry)
  const text = decodeText(readUpTo(content, 0, Math.min(content.sizeBytes, MAX_AUTORUN_BYTES)))
  const started = [...new Set([...text.matchAll(STARTED)].map((match) => (match[1] as string).trim()))]
  const message =
    started.length === 0
      ? 'The disc has an autorun.inf, which tells Windows its name and picture; it starts nothing.'
      : `The disc has an autorun.inf that asks Windows to start ${started.map((command) => `‘${command}’`).join(', ')}.`
  log.add('autorun', started.length === 0 ? 'note' : 'suspicious', message, { path: `/${entry.name}` })
}

/** Where everything ends that file systems and partition tables of the image know of. */
async function knownEndBytes(image: OpenImage): Promise<number> {
  const { primary, joliet, enhanced } = image.volumes
  const startBytes = (image.session?.startLba ?? 0) * SECTOR_BYTES
  const volumes = [primary, joliet, enhanced].map((volume) =>
    volume === null ? 0 : startBytes + volume.volumeSpaceBlocks * volume.blockBytes,
  )
  const { tables } = await image.bootEquipment()
  const partitions = partitionExtents(tables).map(({ startBytes: start, sizeBytes }) => start + sizeBytes)
  // The second copy of a GUID table ends the disk.
  const disk = tables.gpt === null ? 0 : (tables.gpt.backupSector + 1) * DISK_SECTOR_BYTES
  const udf = image.udf === null ? 0 : udfEndBytes(image.source, image.udf)
  return Math.max(udf, disk, ...volumes, ...partitions)
}

/** What recorders add behind a volume's last block: run-out of two, a gap of 150, both. */
const TRAILING_BLOCKS = [0, 1, 2, 150, 152]

/** A UDF volume ends with an anchor, behind its partitions; without one nothing tells where, and the whole image counts. */
function udfEndBytes(source: ByteSource, { blockBytes }: UdfVolume): number {
  const lastBlock = Math.floor(source.sizeBytes / blockBytes) - 1
  for (const block of TRAILING_BLOCKS.map((trailing) => lastBlock - trailing)) {
    const bytes = readUpTo(source, block * blockBytes, AnchorVolumeDescriptorPointer.sizeBytes)
    if (bytes.length < AnchorVolumeDescriptorPointer.sizeBytes) continue
    if (judgeTag(bytes, 0, block) === 'sound' && tagIdentifier(bytes) === tagIds.anchor) return (block + 1) * blockBytes
  }
  return source.sizeBytes
}

async function noteAppended(image: OpenImage, log: FindingLog, control: Pick<JobControl, 'checkpoint'>): Promise<void> {
  const endBytes = await knownEndBytes(image)
  // What follows there are the disc's other tracks.
  if ((image.contained?.facts.tracks.filter(({ mode }) => mode !== 'audio').length ?? 0) > 1) return
  const { sizeBytes } = image.source
  const lookedAt = Math.min(sizeBytes, endBytes + MAX_APPENDED_BYTES)
  for (let at = endBytes; at < lookedAt; at += TRANSFER_BYTES) {
    const part = readUpTo(image.source, at, Math.min(TRANSFER_BYTES, lookedAt - at))
    if (!part.equals(ZEROS.subarray(0, part.length))) {
      const within = part.findIndex((byte) => byte !== 0)
      const message = `${formatExactBytes(sizeBytes - endBytes)} follow the end of the image's volumes, and they are not empty: no file system shows what they are.`
      log.add('appended-data', 'suspicious', message, { offsetBytes: at + within })
      return
    }
    await control.checkpoint()
  }
}
