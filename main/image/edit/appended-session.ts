/**
 * A session behind the old image, as growisofs and xorriso put one on media that can be overwritten: it begins with 16
 * empty blocks and its own volume descriptors, and the descriptors at the image's beginning are replaced by a copy that
 * leads to it. All other old bytes stay.
 *
 * Where nothing but the beginning leads to the newest old session, its descriptors are kept right before the new session,
 * placed as those of a session are: readers that are told that sector show the old state.
 */
import { Problem } from '../../../shared/problem.ts'
import { BLOCK_BYTES, SYSTEM_AREA_BLOCKS } from '../../boot/disk-sector.ts'
import { type ByteSource, readUpTo } from '../../bytes/byte-source.ts'
import { rootLbaAtBeginning, SESSION_ALIGNMENT_BLOCKS } from '../../iso9660/sessions.ts'
import {
  DescriptorHeader,
  descriptorTypes,
  FIRST_DESCRIPTOR_LBA,
  PrimaryVolumeDescriptor,
  STANDARD_IDENTIFIER,
} from '../../iso9660/volume-descriptor.ts'
import { type ImageLayout, layOutImage } from '../create/layout.ts'
import type { ImagePlan, SystemAreaPlan } from '../create/planned-tree.ts'
import type { OpenImage } from '../open-image.ts'
import type { EditPlan } from './edit-plan.ts'
import { gptTailBytes, replaySystemArea } from './system-area.ts'
import type { TakenEquipment } from './taken-equipment.ts'

export interface BytesAt {
  readonly offsetBytes: number
  readonly bytes: Uint8Array
}

export interface LaidOutSession {
  readonly layout: ImageLayout
  /** The descriptors of the old state, to be written before the session; null where a session has them anyway. */
  readonly keptBeginning: BytesAt | null
  /** What makes the new session the one that is shown; to be written last, when the session is on the disk. */
  readonly switchOver: () => readonly BytesAt[]
  /** What the first blocks could not keep; known when the session has been written. */
  readonly lost: () => readonly string[]
}

const PADDING_BLOCKS = 16
/** More than that behind a session is something else. */
const MAX_PADDING_BLOCKS = 512
/** xorriso's checksum of the descriptors stands right behind them. */
const LIBISOFS_TAG = 'libisofs_'

/** The session alone, from a place that a disc has for it: its beginning stays as it is. Throws as `layOutSession` does. */
export function layOutSessionAt(startLba: number, image: OpenImage, equipment: TakenEquipment, edit: EditPlan): ImageLayout {
  requireAppendable(image)
  return layOutImage(new SessionPlanning(image, equipment, edit, startLba).plan(), startLba)
}

/** Throws a usage Problem for an image that no session can be appended to. */
export function layOutSession(image: OpenImage, equipment: TakenEquipment, edit: EditPlan): LaidOutSession {
  requireAppendable(image)
  const keepsBeginning = !isFoundElsewhere(image)
  const firstStart = Math.ceil(endOf(image, keepsBeginning) / SESSION_ALIGNMENT_BLOCKS) * SESSION_ALIGNMENT_BLOCKS
  const startLba = keepsBeginning ? firstStart + SESSION_ALIGNMENT_BLOCKS : firstStart
  const session = new SessionPlanning(image, equipment, edit, startLba)
  const layout = layOutImage(session.plan(), startLba)
  return {
    layout,
    keptBeginning: keepsBeginning
      ? { offsetBytes: (firstStart + FIRST_DESCRIPTOR_LBA) * BLOCK_BYTES, bytes: beginningOf(image.source) }
      : null,
    switchOver: () => session.switchOver(),
    lost: () => session.lost,
  }
}

class SessionPlanning {
  readonly lost: string[] = []
  readonly #image: OpenImage
  readonly #equipment: TakenEquipment
  readonly #edit: EditPlan
  readonly #startLba: number
  #head: Uint8Array | null = null
  #descriptors: Uint8Array | null = null

  constructor(image: OpenImage, equipment: TakenEquipment, edit: EditPlan, startLba: number) {
    this.#image = image
    this.#equipment = equipment
    this.#edit = edit
    this.#startLba = startLba
  }

  plan(): ImagePlan {
    const { plan } = this.#edit
    return {
      ...plan,
      systemArea: this.#systemArea(),
      kept: {
        udf: {},
        descriptors: (fresh) => {
          this.#descriptors = plan.kept?.descriptors(fresh) ?? fresh
          requireRoomFor(this.#descriptors, beginningOf(this.#image.source))
          return this.#counted(this.#descriptors)
        },
      },
    }
  }

  /** The beginning's descriptors and system area, leading to the session. */
  switchOver(): BytesAt[] {
    const descriptors = this.#descriptors as Uint8Array
    const old = beginningOf(this.#image.source)
    const beginning = Uint8Array.from(old)
    beginning.fill(0, 0, replacedBytes(old))
    beginning.set(descriptors)
    const written: BytesAt[] = [{ offsetBytes: FIRST_DESCRIPTOR_LBA * BLOCK_BYTES, bytes: beginning }]
    if (this.#head !== null) written.push({ offsetBytes: 0, bytes: this.#head })
    return written
  }

  /** The session's own copy counts from its beginning. */
  #counted(descriptors: Uint8Array): Uint8Array {
    const own = Uint8Array.from(descriptors)
    const field = PrimaryVolumeDescriptor.fields.volumeSpaceSizeBlocks
    for (let at = 0; at + BLOCK_BYTES <= own.length; at += BLOCK_BYTES) {
      const type = DescriptorHeader.fields.type.get(own, at)
      if (type === descriptorTypes.primary || type === descriptorTypes.supplementary) {
        field.set(own, at, field.get(own, at) - this.#startLba)
      }
    }
    return own
  }

  /** The session's first blocks are empty; those of the image follow when it is whole. */
  #systemArea(): SystemAreaPlan {
    const { tables, head } = this.#equipment
    const tailBlocks = Math.ceil(gptTailBytes(tables) / BLOCK_BYTES)
    return {
      unitBlocks: PADDING_BLOCKS,
      tailBlocks,
      compose: (sizeBlocks) => {
        const move = {
          pieces: this.#edit.pieces(),
          oldImageBytes: this.#image.source.sizeBytes,
          newImageBytes: sizeBlocks * BLOCK_BYTES,
          isAppended: true,
        }
        const replayed = replaySystemArea({ oldHead: head, tables, move, keepsMacTrees: true })
        if (head.some((byte) => byte !== 0)) this.#head = replayed.head
        this.lost.push(...replayed.lost)
        return { systemArea: new Uint8Array(SYSTEM_AREA_BLOCKS * BLOCK_BYTES), tail: replayed.tail }
      },
    }
  }
}

/**
 * Block where the old image ends. What is behind its newest session is padding when it is empty: xorriso finds the next
 * session only right behind the one before.
 */
function endOf({ session, source }: OpenImage, isAlone: boolean): number {
  const imageBlocks = Math.ceil(source.sizeBytes / BLOCK_BYTES)
  const sessionBlocks = session === null ? imageBlocks : session.startLba + session.sizeBlocks
  if (isAlone || sessionBlocks >= imageBlocks || imageBlocks - sessionBlocks > MAX_PADDING_BLOCKS) return imageBlocks
  const behind = readUpTo(source, sessionBlocks * BLOCK_BYTES, MAX_PADDING_BLOCKS * BLOCK_BYTES)
  return behind.some((byte) => byte !== 0) ? imageBlocks : sessionBlocks
}

/** The 16 blocks where descriptors are. */
function beginningOf(source: ByteSource): Uint8Array {
  const bytes = new Uint8Array(FIRST_DESCRIPTOR_LBA * BLOCK_BYTES)
  bytes.set(readUpTo(source, FIRST_DESCRIPTOR_LBA * BLOCK_BYTES, bytes.length))
  return bytes
}

function requireRoomFor(descriptors: Uint8Array, old: Uint8Array): void {
  if (descriptors.length > descriptorBytes(old)) throw cannotAppend('has no room for the volume descriptors of a session')
}

/** Up to the terminator. */
function descriptorBytes(old: Uint8Array): number {
  let at = 0
  while (at < old.length && DescriptorHeader.fields.standardIdentifier.get(old, at) === STANDARD_IDENTIFIER) {
    const type = DescriptorHeader.fields.type.get(old, at)
    at += BLOCK_BYTES
    if (type === descriptorTypes.terminator) break
  }
  return at
}

/** How much of the old descriptors goes: xorriso's checksum of them too. */
function replacedBytes(old: Uint8Array): number {
  const endBytes = descriptorBytes(old)
  const tag = Buffer.from(old.subarray(endBytes, endBytes + LIBISOFS_TAG.length)).toString('latin1')
  return tag === LIBISOFS_TAG ? endBytes + BLOCK_BYTES : endBytes
}

/** Whether a session of its own holds what the beginning leads to. */
function isFoundElsewhere(image: OpenImage): boolean {
  const rootLba = rootLbaAtBeginning(image.source)
  return image.sessions.some((session) => session.descriptorsLba !== FIRST_DESCRIPTOR_LBA && session.rootLba === rootLba)
}

function requireAppendable(image: OpenImage): void {
  const { primary } = image.volumes
  if (image.udf !== null)
    throw cannotAppend('has a UDF file system, which sessions can’t be appended to: systems that look at it would show the old state')
  if (primary === null || primary.blockBytes !== BLOCK_BYTES) throw cannotAppend('has no ISO 9660 volume with blocks of 2,048 bytes')
}

function cannotAppend(reason: string): Problem {
  return new Problem({
    kind: 'usage',
    code: 'session-not-appendable',
    message: `The image ${reason}.`,
    kept: 'Nothing was written.',
    advice: 'Write a new image instead.',
  })
}
