/** UDF and bridge volumes, opened as people open any image. */
import { execFileSync } from 'node:child_process'
import { linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { genisoimageUdf, mkudffs, wrudf } from '../udf/testing/foreign-udf.ts'
import { checkImage } from './check-image.ts'
import { extractImage } from './extract.ts'
import { imageFacts } from './image-facts.ts'
import { openImage } from './open-image.ts'
import { type HostEntry, hostTree } from './testing/foreign-readers.ts'
import { quietControl } from './testing/quiet-control.ts'
import { scratchRoot } from './testing/scratch.ts'

let scratch: string
let folder: string
beforeAll(() => {
  scratch = mkdtempSync(join(scratchRoot(), 'isomer-read-udf-'))
  folder = join(scratch, 'folder')
  mkdirSync(join(folder, 'ordner', 'tief'), { recursive: true })
  writeFileSync(join(folder, 'hello.txt'), 'hello\n')
  writeFileSync(join(folder, 'ordner', 'Ärger.bin'), Buffer.alloc(700_001, 'large file '))
  writeFileSync(join(folder, 'ordner', 'tief', '日本'), '')
  symlinkSync('hello.txt', join(folder, 'link'))
  linkSync(join(folder, 'hello.txt'), join(folder, 'ordner', 'hello again'))
})
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

const quiet = { checkpoint: () => undefined }

it('a bridge volume shows its four trees, Rock Ridge first, and nothing is wrong with any of them', async () => {
  const path = join(scratch, 'bridge.iso')
  genisoimageUdf(path, folder)
  const image = openImage(path)
  expect(image.viewKinds).toEqual(['rockridge', 'udf', 'joliet', 'iso9660'])
  const { fileSystems, label } = await imageFacts(image, quiet)
  expect([label, fileSystems.map(({ kind, version }) => [kind, version])]).toEqual([
    'BRIDGE',
    [
      ['iso9660', null],
      ['joliet', null],
      ['rockridge', '1.10'],
      ['udf', '1.02'],
    ],
  ])
  expect(await checkImage(image, quiet)).toEqual([])
  image.close()
})

it.each(['udf', 'rockridge'] as const)('its %s tree is taken out byte for byte', async (view) => {
  const path = join(scratch, 'bridge.iso')
  const outFolder = join(scratch, view)
  genisoimageUdf(path, folder)
  await extractImage({ imagePath: path, paths: [], view, outFolder, overwrite: false }, quietControl())
  const truth = hostTree(folder)
  // genisoimage's UDF has an empty file in place of a link.
  if (view === 'udf') truth.set('/link', truth.get('/ordner/tief/日本') as HostEntry)
  expect(hostTree(outFolder)).toEqual(truth)
})

it('a volume of more than 4 GiB shows UDF first', () => {
  const path = join(scratch, 'large.iso')
  genisoimageUdf(path, folder)
  truncateSync(path, 2 ** 32 + 2048)
  const image = openImage(path)
  expect(image.viewKinds[0]).toBe('udf')
  image.close()
})

it('a volume of UDF alone opens, says what it is and gives its files', async () => {
  const path = join(scratch, 'pure.udf')
  mkudffs(path, 40 * 2 ** 20, ['-m', 'cdrw', '-r', '1.50'])
  wrudf(path, ['mkdir sub', `cp ${join(folder, 'ordner', 'Ärger.bin')} .`])
  const image = openImage(path)
  const facts = await imageFacts(image, quiet)
  expect(facts).toMatchObject({ label: 'Täst 日本', view: 'udf', boot: [], contentBytes: expect.any(Number) })
  expect(facts.fileSystems).toMatchObject([{ kind: 'udf', version: '1.50', partitions: ['sparable'] }])
  expect(facts.findings).toEqual([])
  image.close()
  const outFolder = join(scratch, 'pure')
  await extractImage({ imagePath: path, paths: ['/sub'], view: 'auto', outFolder, overwrite: false, strip: 1 }, quietControl())
  expect([...hostTree(outFolder)].map(([at, { content }]) => [at, content])).toEqual([
    ['/Ärger.bin', hostTree(folder).get('/ordner/Ärger.bin')?.content],
  ])
})

it('boot images and partitions are files that can be listed, read and taken out', async () => {
  const bios = join(folder, 'bios.img')
  const efi = join(folder, 'efi.img')
  writeFileSync(bios, Buffer.alloc(5000, 'boot '))
  execFileSync('mformat', ['-C', '-f', '1440', '-i', efi, '::'])
  const path = join(scratch, 'boot.iso')
  const biosArgs = ['-b', 'bios.img', '-no-emul-boot', '-boot-load-size', '4']
  const efiArgs = ['-eltorito-alt-boot', '-e', 'efi.img', '-no-emul-boot', '-appended_part_as_gpt', '-append_partition', '2', '0xef', efi]
  execFileSync('xorriso', ['-as', 'mkisofs', '-quiet', '-R', '-o', path, ...biosArgs, ...efiArgs, folder], { stdio: 'ignore' })
  const image = openImage(path)
  const { boot, partitionTables } = await imageFacts(image, quiet)
  expect(boot.map(({ path: name, sizeBytes }) => [name, sizeBytes])).toEqual([
    ['/[BOOT]/1-bios.img', 5000],
    ['/[BOOT]/2-uefi.img', 1_474_560],
  ])
  expect(partitionTables.gpt?.partitions.length).toBeGreaterThan(0)
  image.close()
  const outFolder = join(scratch, 'boot')
  const request = { imagePath: path, paths: ['[BOOT]', '/[PARTITIONS]/gpt-2.img'], view: 'auto', outFolder, overwrite: false } as const
  await extractImage(request, quietControl())
  const truth = hostTree(folder)
  const taken = hostTree(outFolder)
  expect(taken.get('/[BOOT]/1-bios.img')).toEqual(truth.get('/bios.img'))
  expect(taken.get('/[BOOT]/2-uefi.img')).toEqual(truth.get('/efi.img'))
  expect(taken.get('/[PARTITIONS]/gpt-2.img')?.content).toBe(truth.get('/efi.img')?.content)
  await expect(extractImage({ ...request, paths: ['/', '[BOOT]'] }, quietControl())).rejects.toMatchObject({
    report: { code: 'paths-of-two-kinds' },
  })
})
