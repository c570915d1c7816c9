/** Makes a new image of an edited tree: everything in it moves up, and what starts computers is told its new place. */
import { BLOCK_BYTES } from '../../boot/disk-sector.ts'
import { type ImageLayout, layOutImage } from '../create/layout.ts'
import type { ImagePlan, SystemAreaPlan } from '../create/planned-tree.ts'
import type { OpenImage } from '../open-image.ts'
import type { EditPlan } from './edit-plan.ts'
import { gptTailBytes, replaySystemArea } from './system-area.ts'
import type { TakenEquipment } from './taken-equipment.ts'
import type { TakenTree } from './taken-tree.ts'

export interface LaidOutEdit {
  readonly layout: ImageLayout
  /** What the first blocks could not keep; known when they have been written. */
  readonly lost: () => readonly string[]
}

/** 1 MiB: a cylinder of isohybrid images. */
const HYBRID_UNIT_BLOCKS = 512
const MAX_TAIL_BLOCKS = 256

export function layOutRewritten(image: OpenImage, taken: TakenTree, equipment: TakenEquipment, edit: EditPlan): LaidOutEdit {
  const lost: string[] = []
  const systemArea = hasSystemArea(equipment) ? systemAreaPlan(image, taken, equipment, edit, lost) : null
  const plan: ImagePlan = { ...edit.plan, systemArea }
  return { layout: layOutImage(plan), lost: () => lost }
}

const hasSystemArea = ({ head }: TakenEquipment): boolean => head.some((byte) => byte !== 0)

function systemAreaPlan(
  image: OpenImage,
  taken: TakenTree,
  equipment: TakenEquipment,
  { pieces }: EditPlan,
  lost: string[],
): SystemAreaPlan {
  const { tables, head } = equipment
  const oldImageBytes = image.source.sizeBytes
  const oldEnd = Math.max(taken.used.endBytes, ...[...equipment.pieces.values()].map(({ startBytes, sizeBytes }) => startBytes + sizeBytes))
  const isHybrid = tables.mbr !== null || tables.gpt !== null
  const tailBlocks = Math.ceil(gptTailBytes(tables) / BLOCK_BYTES)
  // Partitions at the end of the image reach as far behind the contents as they did.
  const paddingBlocks = Math.min(MAX_TAIL_BLOCKS, Math.max(tailBlocks, Math.floor((oldImageBytes - oldEnd) / BLOCK_BYTES)))
  const isInCylinders = isHybrid && oldImageBytes % (HYBRID_UNIT_BLOCKS * BLOCK_BYTES) === 0
  return {
    unitBlocks: isInCylinders ? HYBRID_UNIT_BLOCKS : 16,
    tailBlocks: isHybrid ? (isInCylinders ? tailBlocks : paddingBlocks) : 0,
    compose: (sizeBlocks) => {
      const move = { pieces: pieces(), oldImageBytes, newImageBytes: sizeBlocks * BLOCK_BYTES, isAppended: false }
      const replayed = replaySystemArea({ oldHead: head, tables, move, keepsMacTrees: false })
      lost.splice(0, lost.length, ...replayed.lost)
      return { systemArea: replayed.head, tail: replayed.tail }
    },
  }
}
