/** Makes an image of a folder with the product's own writer, then puts boot equipment into its sectors. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { defaultCreateOptions } from '../../../shared/image-project.ts'
import { both32 } from '../../bytes/field-types.ts'
import { createImage } from '../../image/create/create-image.ts'
import { quietControl } from '../../image/testing/quiet-control.ts'
import { PrimaryVolumeDescriptor } from '../../iso9660/volume-descriptor.ts'
import { type BootEntryFields, bootCatalogBlocks, composeBootCatalog } from '../boot-catalog-composer.ts'
import { composeBootRecord } from '../boot-record.ts'

const CATALOG_NAME = 'boot.cat'
const BLOCK = 2048

export class BootableImage {
  readonly path: string
  bytes: Buffer
  readonly #folder: string
  readonly #files: ReadonlyMap<string, Buffer>

  private constructor(folder: string, files: ReadonlyMap<string, Buffer>) {
    this.#folder = folder
    this.#files = files
    this.path = join(folder, 'image.iso')
    this.bytes = Buffer.alloc(0)
  }

  /** An image of these files and of room for a catalog. Its Joliet descriptor gives its sector to the boot record. */
  static async of(files: Record<string, Buffer>): Promise<BootableImage> {
    const folder = mkdtempSync(join(tmpdir(), 'isomer-boot-'))
    const all = new Map(Object.entries({ ...files, [CATALOG_NAME]: Buffer.alloc(BLOCK, 'catalog') }))
    for (const [name, bytes] of all) {
      mkdirSync(dirname(join(folder, 'source', name)), { recursive: true })
      writeFileSync(join(folder, 'source', name), bytes)
    }
    const image = new BootableImage(folder, all)
    await createImage(
      {
        project: {
          version: 1,
          steps: [{ step: 'add', hostPath: join(folder, 'source'), into: '/', contentsOnly: true }],
          options: { ...defaultCreateOptions, fileSystems: ['iso9660', 'joliet', 'rockridge'], reproducible: true },
        },
        outPath: image.path,
        overwrite: false,
      },
      quietControl(),
    )
    image.bytes = readFileSync(image.path)
    return image
  }

  /** Where a file is, found by its content. */
  lbaOf(name: string): number {
    const content = this.#files.get(name)
    for (let at = 0; content !== undefined && at < this.bytes.length; at += BLOCK) {
      if (content.compare(this.bytes, at, at + content.length) === 0) return at / BLOCK
    }
    throw new Error(`${name} is not in the image`)
  }

  /** Lengthens the image and says so in its primary descriptor. */
  padTo(sizeBlocks: number): void {
    this.bytes = Buffer.concat([this.bytes, Buffer.alloc(sizeBlocks * BLOCK - this.bytes.length)])
    both32.set(this.bytes, 16 * BLOCK + PrimaryVolumeDescriptor.fields.volumeSpaceSizeBlocks.offset, sizeBlocks)
  }

  /** Puts in boot record and catalog. */
  setCatalog(entries: readonly BootEntryFields[], id: string): void {
    const catalogLba = this.lbaOf(CATALOG_NAME)
    if (bootCatalogBlocks(entries) !== 1) throw new Error('the room is for one block')
    this.bytes.set(composeBootRecord(catalogLba), 17 * BLOCK)
    this.bytes.set(composeBootCatalog(entries, id), catalogLba * BLOCK)
  }

  /** Changes a file where it lies. */
  patch(name: string, change: (file: Buffer, lba: number) => void): void {
    const lba = this.lbaOf(name)
    change(this.bytes.subarray(lba * BLOCK, lba * BLOCK + (this.#files.get(name)?.length ?? 0)), lba)
  }

  /** Writes the image for other programs to judge. */
  save(): string {
    writeFileSync(this.path, this.bytes)
    return this.path
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true })
  }
}
