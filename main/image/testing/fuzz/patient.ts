/** An image in a file that is changed and healed again, without writing more than what changed. */
import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs'
import type { ContainerSample } from './container-samples.ts'
import { mendChecksums } from './mended-checksums.ts'
import type { Edit, Mutation, MutationGround } from './mutation.ts'
import { type StructurePlace, structurePlaces } from './structure-places.ts'

export class Patient implements MutationGround {
  readonly name: string
  /** Of the file that is changed. */
  readonly path: string
  /** Of the file that is opened: a description may name the one that is changed. */
  readonly openedPath: string
  /** Null for an image that is in no container. */
  readonly container: ContainerSample | null
  /** As it is when healed. */
  readonly image: Buffer
  readonly places: readonly StructurePlace[]
  readonly #work: Buffer
  readonly #fd: number
  #touched: { at: number; lengthBytes: number }[] = []
  #isCut = false

  constructor(name: string, path: string, image: Buffer, openedPath = path, container: ContainerSample | null = null) {
    this.name = name
    this.path = path
    this.openedPath = openedPath
    this.container = container
    this.image = image
    this.places = container === null ? structurePlaces(image) : []
    this.#work = Buffer.from(image)
    this.#fd = openSync(path, 'w+')
    writeSync(this.#fd, image, 0, image.length, 0)
  }

  /** The file becomes the image after these edits. */
  apply(edits: readonly Edit[], { mends, cutBytes }: Mutation): void {
    for (const { at, bytes } of edits) {
      const lengthBytes = Math.min(bytes.length, this.#work.length - at)
      this.#work.set(bytes.subarray(0, lengthBytes), at)
      this.#touched.push({ at, lengthBytes })
    }
    if (mends) this.#touched.push(...mendChecksums(this.#work, this.#touchedPlaces()))
    this.#write(this.#work)
    if (cutBytes === null) return
    ftruncateSync(this.#fd, cutBytes)
    this.#isCut = true
  }

  /** The bytes of the file as `apply` left them. */
  get bytes(): Buffer {
    return this.#work
  }

  heal(): void {
    for (const { at, lengthBytes } of this.#touched) this.image.copy(this.#work, at, at, at + lengthBytes)
    if (this.#isCut) writeSync(this.#fd, this.image, 0, this.image.length, 0)
    else this.#write(this.image)
    this.#touched = []
    this.#isCut = false
  }

  close(): void {
    closeSync(this.#fd)
  }

  #write(bytes: Buffer): void {
    for (const { at, lengthBytes } of this.#touched) writeSync(this.#fd, bytes, at, lengthBytes, at)
  }

  /** Structures that an edit lies in; the header of a partition table guards its entries too. */
  #touchedPlaces(): StructurePlace[] {
    return this.places.filter(
      ({ structure, at, lengthBytes }) =>
        structure.name === 'GPT Header' || this.#touched.some((edit) => edit.at < at + lengthBytes && at < edit.at + edit.lengthBytes),
    )
  }
}
