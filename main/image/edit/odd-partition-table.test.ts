/** Partition tables whose checksums are right and whose numbers make no sense: what is made of them does. */
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { DISK_SECTOR_BYTES } from '../../boot/disk-sector.ts'
import { GPT_HEADER_SECTOR, GptHeader, gptHeaderCrc } from '../../boot/guid-partition-table.ts'
import { checkImage } from '../check-image.ts'
import { openImage } from '../open-image.ts'
import { hybridImage } from '../testing/damage/boot-damage.ts'
import { quietControl } from '../testing/quiet-control.ts'
import { scratchRoot } from '../testing/scratch.ts'
import { editImage } from './edit-image.ts'

/** A tree, a table and what they are aligned to. */
const MOST_ADDED_BYTES = 2 ** 20

const scratch = mkdtempSync(join(scratchRoot(), 'isomer-odd-table-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

type Field = 'lastUsableSector' | 'alternateSector'

function withSector(field: Field, sectorOf: (backupSector: number) => number): Buffer {
  const image = Buffer.from(hybridImage())
  const header = image.subarray(GPT_HEADER_SECTOR * DISK_SECTOR_BYTES, (GPT_HEADER_SECTOR + 1) * DISK_SECTOR_BYTES)
  const { headerSizeBytes, headerCrc32 } = GptHeader.fields
  GptHeader.fields[field].set(header, 0, sectorOf(GptHeader.fields.alternateSector.get(header, 0)))
  headerCrc32.set(header, 0, gptHeaderCrc(header.subarray(0, headerSizeBytes.get(header, 0))))
  return image
}

describe.each<[string, Field, (backupSector: number) => number]>([
  ['the last usable sector at the beginning', 'lastUsableSector', () => 0],
  ['the last usable sector where the second copy is', 'lastUsableSector', (backupSector) => backupSector],
  ['the last usable sector far behind the end', 'lastUsableSector', (backupSector) => backupSector + 2 ** 30],
  ['the second copy where the first is', 'alternateSector', () => GPT_HEADER_SECTOR],
])('a table that has %s', (_title, field, sectorOf) => {
  it.each(['rewrite', 'append-session'] as const)('%s', async (mode) => {
    const imagePath = join(scratch, 'image.iso')
    const outPath = join(scratch, 'edited.iso')
    const hostPath = join(scratch, 'new')
    writeFileSync(imagePath, withSector(field, sectorOf))
    writeFileSync(hostPath, 'new')
    const steps = [{ step: 'add', hostPath, path: '/new' }] as const
    await editImage({ imagePath, outPath, overwrite: true, mode, steps, label: null, exclude: [] }, quietControl())
    const image = openImage(outPath)
    try {
      const codes = (await checkImage(image, quietControl())).map(({ code }) => code)
      expect(codes.filter((code) => code.startsWith('gpt-'))).toEqual([])
    } finally {
      image.close()
    }
    expect(statSync(outPath).size).toBeLessThan(statSync(imagePath).size + MOST_ADDED_BYTES)
  })
})
