/** What lies where in an image: every sector with its use, drawn as a map of cells. */
import { type SectorContent, type SectorMap, type SectorUse, sectorUses } from '../../../shared/browse.ts'
import { MAX_MAPPED_UNITS, MAX_UNCLAIMED_BYTES, TRANSFER_BYTES } from '../../../shared/limits.ts'
import type { ByteSource } from '../../bytes/byte-source.ts'
import { FindingLog } from '../../bytes/finding-log.ts'
import { SECTOR_BYTES } from '../../iso9660/volume-descriptor.ts'
import type { ImageEntry, ImageView } from '../image-view.ts'
import type { OpenImage } from '../open-image.ts'
import { walkRuns } from '../walk-view.ts'
import type { BrowsedTree, Checkpoints } from './browsed-tree.ts'
import { PlaceIndex } from './place-index.ts'
import { type StructurePlace, structurePlaces } from './structure-places.ts'

/** Entries named that share one sector. */
const MAX_NAMED = 8

const useNumber = Object.fromEntries(sectorUses.map((use, number) => [use, number])) as Record<SectorUse, number>

export class MappedSectors {
  readonly #imageBytes: number
  readonly #volumeEndLba: number | null
  /** Sectors that one unit stands for: one, unless the image is enormous. */
  readonly #unitSectors: number
  readonly #units: Uint8Array
  readonly #structures: readonly StructurePlace[]
  readonly #tree: BrowsedTree
  readonly #places: PlaceIndex

  private constructor(image: OpenImage, units: Uint8Array, structures: readonly StructurePlace[], tree: BrowsedTree, places: PlaceIndex) {
    this.#imageBytes = image.source.sizeBytes
    this.#volumeEndLba = volumeEndLba(image)
    this.#unitSectors = unitSectors(this.#imageBytes)
    this.#units = units
    this.#structures = structures
    this.#tree = tree
    this.#places = places
  }

  /** Looks at all trees of the image, and names entries of this one, which must have been walked. */
  static async of(image: OpenImage, tree: BrowsedTree, control: Checkpoints): Promise<MappedSectors> {
    const { sizeBytes } = image.source
    const unitBytes = unitSectors(sizeBytes) * SECTOR_BYTES
    const units = new Uint8Array(Math.ceil(sizeBytes / unitBytes))
    const paint = (startBytes: number, lengthBytes: number, use: SectorUse) => {
      const from = Math.max(0, Math.floor(startBytes / unitBytes))
      const to = Math.min(units.length, Math.ceil((startBytes + lengthBytes) / unitBytes))
      for (let unit = from; unit < to; unit++) units[unit] = Math.max(units[unit] as number, useNumber[use])
    }
    const places = await PlaceIndex.of(tree, control, ({ startBytes, lengthBytes }, isDirectory) =>
      paint(startBytes, lengthBytes, isDirectory ? 'directory' : 'file'),
    )
    for (const kind of image.viewKinds) if (kind !== tree.view.kind) await paintTree(image.view(kind), paint, control)
    const structures = await structurePlaces(image)
    for (const { startBytes, lengthBytes, use } of structures) paint(startBytes, lengthBytes, use)
    await lookAtUnclaimed(image.source, units, unitBytes, control)
    return new MappedSectors(image, units, structures, tree, places)
  }

  /** The map in at most so many cells. */
  draw(mostCells: number): SectorMap {
    const unitsPerCell = Math.max(1, Math.ceil(this.#units.length / mostCells))
    const cells = new Uint8Array(Math.ceil(this.#units.length / unitsPerCell))
    const usedUnits = sectorUses.map(() => 0)
    for (const [unit, use] of this.#units.entries()) {
      const cell = Math.floor(unit / unitsPerCell)
      cells[cell] = Math.max(cells[cell] as number, use)
      usedUnits[use] = (usedUnits[use] as number) + 1
    }
    const unitBytes = this.#unitSectors * SECTOR_BYTES
    return {
      sectors: Math.ceil(this.#imageBytes / SECTOR_BYTES),
      sectorsPerCell: unitsPerCell * this.#unitSectors,
      cells,
      usedBytes: usedUnits.map((units) => units * unitBytes),
      volumeEndLba: this.#volumeEndLba,
    }
  }

  /** What lies in a run of sectors. */
  contentAt(lba: number, sectors: number): SectorContent {
    const startBytes = lba * SECTOR_BYTES
    const endBytes = startBytes + sectors * SECTOR_BYTES
    const firstUnit = Math.floor(lba / this.#unitSectors)
    const uses = this.#units.subarray(firstUnit, Math.max(firstUnit + 1, Math.ceil((lba + sectors) / this.#unitSectors)))
    const covers = (place: StructurePlace) => place.startBytes < endBytes && place.startBytes + place.lengthBytes > startBytes
    return {
      lba,
      use: sectorUses[uses.reduce((most, use) => Math.max(most, use), 0)] as SectorUse,
      titles: [...new Set(this.#structures.filter(covers).map(({ title }) => title))],
      entries: this.#places.covering(startBytes, endBytes, MAX_NAMED).map((found) => ({
        entry: found.number,
        path: this.#tree.path(found.number),
        startLba: Math.floor(found.startBytes / SECTOR_BYTES),
        lengthBytes: found.lengthBytes,
      })),
    }
  }
}

/** A tree that no entry is named of. */
async function paintTree(
  view: ImageView,
  paint: (startBytes: number, lengthBytes: number, use: SectorUse) => void,
  control: Checkpoints,
): Promise<void> {
  const paintEntry = (entry: ImageEntry) => {
    if (entry.type !== 'file' && entry.type !== 'directory') return
    for (const extent of entry.extents) paint(view.offsetBytes(extent), extent.lengthBytes, entry.type)
  }
  paintEntry(view.root)
  for (const { entries } of walkRuns(view, view.root, '/', new FindingLog())) {
    for (const entry of entries) paintEntry(entry)
    await control.checkpoint()
  }
}

function unitSectors(imageBytes: number): number {
  return Math.max(1, Math.ceil(imageBytes / SECTOR_BYTES / MAX_MAPPED_UNITS))
}

function volumeEndLba(image: OpenImage): number | null {
  const ends = [image.udf?.endBytes ?? 0]
  for (const volume of [image.volumes.primary, image.volumes.joliet]) {
    const startBytes = (image.session?.startLba ?? 0) * SECTOR_BYTES
    if (volume !== null) ends.push(startBytes + volume.volumeSpaceBlocks * volume.blockBytes)
  }
  const end = Math.max(...ends)
  return end === 0 ? null : Math.ceil(end / SECTOR_BYTES)
}

/** What no structure leads to is read, to tell what is empty from what is not. */
async function lookAtUnclaimed(source: ByteSource, units: Uint8Array, unitBytes: number, control: Checkpoints): Promise<void> {
  const buffer = Buffer.alloc(TRANSFER_BYTES)
  let leftBytes = MAX_UNCLAIMED_BYTES
  for (let unit = units.indexOf(useNumber.free); unit >= 0; unit = units.indexOf(useNumber.free, unit + 1)) {
    if (leftBytes <= 0) units[unit] = useNumber.unknown
    else if (!isEmpty(source, unit * unitBytes, unitBytes, buffer)) units[unit] = useNumber.other
    leftBytes -= unitBytes
    await control.checkpoint()
  }
}

const zeros = Buffer.alloc(TRANSFER_BYTES)

function isEmpty(source: ByteSource, startBytes: number, lengthBytes: number, buffer: Buffer): boolean {
  for (let done = 0; done < lengthBytes; ) {
    const part = buffer.subarray(0, Math.min(buffer.length, lengthBytes - done))
    const got = source.read(startBytes + done, part)
    if (got === 0) return true
    if (!part.subarray(0, got).equals(zeros.subarray(0, got))) return false
    done += got
  }
  return true
}
