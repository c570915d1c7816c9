/** An MD5 implanted while the image is made, against isomd5sum: the same text to the byte, and a sum that it finds right. */
import { execFileSync, spawnSync } from 'node:child_process'
import { createCipheriv } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type CreateOptions, defaultCreateOptions, fileSystemKinds } from '../../../shared/image-project.ts'
import { fatImage } from '../../boot/testing/fake-boot-files.ts'
import { quietControl } from '../testing/quiet-control.ts'
import { scratchRoot } from '../testing/scratch.ts'
import { createImage, streamImage } from './create-image.ts'

let scratch: string
let image: string
beforeEach(() => {
  scratch = mkdtempSync(join(scratchRoot(), 'isomer-implant-'))
  image = join(scratch, 'image.iso')
  mkdirSync(join(scratch, 'source'))
})
afterEach(() => rmSync(scratch, { recursive: true, force: true }))

const projectOf = (options: Partial<CreateOptions>) =>
  ({
    version: 1,
    steps: [{ step: 'add', hostPath: join(scratch, 'source'), into: '/', contentsOnly: true }],
    options: { ...defaultCreateOptions, reproducible: true, ...options },
  }) as const

const create = (options: Partial<CreateOptions>, outPath = image) =>
  createImage({ project: projectOf(options), outPath, overwrite: true }, quietControl())

function addNoise(sizeBytes: number): void {
  const noise = createCipheriv('aes-128-ctr', Buffer.alloc(16, 1), Buffer.alloc(16)).update(Buffer.alloc(sizeBytes))
  writeFileSync(join(scratch, 'source/noise'), noise)
}

const efi = (): string => {
  const path = join(scratch, 'efi.img')
  writeFileSync(path, fatImage(256 * 1024))
  return path
}

it.each<[string, number, () => Partial<CreateOptions>]>([
  ['no whole step', 1_234_567, () => ({})],
  ['many steps', 7_000_001, () => ({})],
  ['UDF and ISO 9660:1999', 2_000_000, () => ({ fileSystems: fileSystemKinds, isoLevel: 4, udfRevision: '2.50' })],
  [
    'a hybrid',
    2_000_000,
    () => ({ bootFiles: [{ platform: 'uefi', hostPath: efi(), emulation: 'auto', loadSectors: null }], hybrid: true }),
  ],
])('is what implantisomd5 implants: %s', async (_name, sizeBytes, options) => {
  addNoise(sizeBytes)
  const wanted = options()
  const { sha256 } = await create({ ...wanted, implantMd5: true })
  expect(spawnSync('checkisomd5', [image]).status).toBe(0)

  const judged = join(scratch, 'judged.iso')
  await create(wanted, judged)
  execFileSync('implantisomd5', [judged], { stdio: 'ignore' })
  expect(readFileSync(judged).equals(readFileSync(image))).toBe(true)

  const pieces: Buffer[] = []
  const project = projectOf({ ...wanted, implantMd5: true })
  const streamed = await streamImage({ project, write: (bytes) => void pieces.push(Buffer.from(bytes)) }, quietControl())
  expect(streamed.sha256).toBe(sha256)
  expect(Buffer.concat(pieces).equals(readFileSync(image))).toBe(true)
})

it.each([0, 1, 100_000, 400_000, 600_000, 650_000, 690_000])(
  'is right for images smaller than their fragments, which implantisomd5 spoils: %i bytes',
  async (sizeBytes) => {
    addNoise(sizeBytes)
    await create({ implantMd5: true })
    expect(spawnSync('checkisomd5', [image]).status).toBe(0)
  },
)

it('is found wrong by checkisomd5 when a byte is', async () => {
  addNoise(500_000)
  await create({ implantMd5: true })
  const bytes = readFileSync(image)
  bytes[200_000] = (bytes[200_000] as number) ^ 1
  writeFileSync(image, bytes)
  expect(spawnSync('checkisomd5', [image]).status).toBe(1)
})

it('is not given out as right when a source changes between the two readings', async () => {
  addNoise(500_000)
  const path = join(scratch, 'source/noise')
  const onPlanned = async () => writeFileSync(path, readFileSync(path).fill(0, 5, 6))
  const request = { project: projectOf({ implantMd5: true }), onPlanned, write: () => {} }
  await expect(streamImage(request, quietControl())).rejects.toMatchObject({ report: { code: 'sources-changed' } })
})

it('needs ISO 9660', async () => {
  addNoise(100)
  await expect(create({ fileSystems: ['udf'], implantMd5: true })).rejects.toMatchObject({ report: { code: 'implant-without-iso9660' } })
})
