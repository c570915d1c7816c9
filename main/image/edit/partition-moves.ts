/**
 * Where the partitions of a hybrid image go when its contents move. Pure. Partitions that hold one piece of content move
 * with it; the others cover what lies between, and follow their neighbours and the image's end.
 */
import { BLOCK_BYTES, SYSTEM_AREA_BLOCKS } from '../../boot/disk-sector.ts'
import type { PartitionExtent } from '../../boot/partition-checks.ts'

/** A boot image, a file or an appended partition: one piece before and after. */
export interface MovedPiece {
  readonly oldStartBytes: number
  readonly oldSizeBytes: number
  readonly newStartBytes: number
  readonly newSizeBytes: number
}

export interface ImageMove {
  readonly pieces: readonly MovedPiece[]
  readonly oldImageBytes: number
  readonly newImageBytes: number
  /** Whether the new image begins with all of the old one. */
  readonly isAppended: boolean
}

export interface PartitionPlace {
  readonly startBytes: number
  readonly sizeBytes: number
}

/** A partition that holds one piece. */
interface HeldPiece {
  readonly before: PartitionPlace
  readonly after: PartitionPlace
}

const SYSTEM_AREA_BYTES = SYSTEM_AREA_BLOCKS * BLOCK_BYTES
const inBlocks = (bytes: number): number => Math.ceil(bytes / BLOCK_BYTES) * BLOCK_BYTES
const endOf = ({ startBytes, sizeBytes }: PartitionPlace): number => startBytes + sizeBytes

/** The piece that a partition holds; null when it covers more, or none. */
export function pieceOf(partition: PartitionPlace, pieces: readonly MovedPiece[]): MovedPiece | null {
  const holds = (piece: MovedPiece) =>
    piece.oldStartBytes === partition.startBytes && inBlocks(piece.oldSizeBytes) === inBlocks(partition.sizeBytes)
  return pieces.find(holds) ?? null
}

/** New places of one table's partitions; null for one that there is no place for any more, as for those that `isLost`. */
export function movePartitions<T extends PartitionExtent>(
  partitions: readonly T[],
  move: ImageMove,
  isLost: (partition: T) => boolean,
): Map<T, PartitionPlace | null> {
  const places = new Map<T, PartitionPlace | null>()
  const held: HeldPiece[] = []
  for (const partition of partitions) {
    const piece = isLost(partition) ? null : pieceOf(partition, move.pieces)
    if (piece === null) continue
    const isSameSize = piece.newSizeBytes === piece.oldSizeBytes
    const after = { startBytes: piece.newStartBytes, sizeBytes: isSameSize ? partition.sizeBytes : inBlocks(piece.newSizeBytes) }
    held.push({ before: partition, after })
    places.set(partition, after)
  }
  held.sort((a, b) => a.before.startBytes - b.before.startBytes)
  for (const partition of partitions) {
    if (places.has(partition)) continue
    const stays = move.isAppended && partitions.some(({ startBytes, sizeBytes }) => sizeBytes > 0 && startBytes >= endOf(partition))
    places.set(partition, isLost(partition) ? null : stays ? partition : coveringPlace(partition, held, move))
  }
  return places
}

function coveringPlace(
  partition: PartitionPlace,
  held: readonly HeldPiece[],
  { oldImageBytes, newImageBytes, isAppended }: ImageMove,
): PartitionPlace | null {
  const endBytes = endOf(partition)
  const previous = held.findLast(({ before }) => endOf(before) <= partition.startBytes)
  const next = held.find(({ before }) => before.startBytes >= endBytes)
  const isInSystemArea = (bytes: number) => bytes <= SYSTEM_AREA_BYTES
  const newStart =
    isAppended || isInSystemArea(partition.startBytes)
      ? partition.startBytes
      : previous === undefined
        ? SYSTEM_AREA_BYTES
        : inBlocks(endOf(previous.after))
  const newEnd = isInSystemArea(endBytes)
    ? endBytes
    : next === undefined
      ? newImageBytes - Math.max(0, oldImageBytes - endBytes)
      : next.after.startBytes
  const clippedEnd = endBefore(held, partition, newStart, newEnd)
  return clippedEnd > newStart ? { startBytes: newStart, sizeBytes: clippedEnd - newStart } : null
}

/** Pieces that lay apart from a partition do so still. */
function endBefore(held: readonly HeldPiece[], old: PartitionPlace, newStart: number, newEnd: number): number {
  const intruders = held.filter(({ before, after }) => {
    const wasInside = before.startBytes < endOf(old) && endOf(before) > old.startBytes
    return !wasInside && after.startBytes < newEnd && endOf(after) > newStart
  })
  return Math.min(newEnd, ...intruders.map(({ after }) => after.startBytes))
}
