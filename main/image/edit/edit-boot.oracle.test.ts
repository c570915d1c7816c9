/** Images that start computers, edited: what xorriso, sgdisk and sfdisk say of them before and after. */
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, readSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EditMode, EditStep } from '../../../shared/image-edit.ts'
import type { EditResult } from '../../../shared/job.ts'
import type { BootCatalogEntry } from '../../boot/boot-catalog.ts'
import { checkBootInfoTables } from '../../boot/boot-catalog-reader.ts'
import { partitionExtents } from '../../boot/partition-tables.ts'
import { FindingLog } from '../../bytes/finding-log.ts'
import { openImage } from '../open-image.ts'
import { quietControl } from '../testing/quiet-control.ts'
import { scratchRoot } from '../testing/scratch.ts'
import { editImage } from './edit-image.ts'

const ISOLINUX = '/usr/lib/ISOLINUX/isolinux.bin'
const ISOHDPFX = '/usr/lib/ISOLINUX/isohdpfx.bin'
const LDLINUX = '/usr/lib/syslinux/modules/bios/ldlinux.c32'
const BLOCK_BYTES = 2048
const EFI_BYTES = 2_949_120
const LARGER_BYTES = 4_194_304

const has = (tool: string): boolean => spawnSync(tool, ['--version']).error === undefined
const hasIsolinux = has('xorriso') && has('sgdisk') && [ISOLINUX, ISOHDPFX, LDLINUX].every((path) => existsSync(path))
const hasGrub = has('grub-mkrescue') && has('mformat') && existsSync('/usr/lib/grub/i386-pc') && existsSync('/usr/lib/grub/x86_64-efi')

let scratch: string
let tree: string
let efi: string
beforeAll(() => {
  scratch = mkdtempSync(join(scratchRoot(), 'isomer-edit-boot-'))
  tree = join(scratch, 'tree')
  efi = join(scratch, 'efi.img')
  mkdirSync(join(tree, 'isolinux'), { recursive: true })
  mkdirSync(join(tree, 'boot'))
  writeFileSync(join(tree, 'readme.txt'), 'read me\n')
  writeFileSync(join(tree, 'a large file'), Buffer.alloc(900_000, 'large '))
  writeFileSync(join(tree, 'isolinux/isolinux.cfg'), 'default none\n')
  if (!hasIsolinux) return
  execFileSync('cp', [ISOLINUX, LDLINUX, join(tree, 'isolinux')])
  writeFileSync(efi, Buffer.alloc(EFI_BYTES))
  execFileSync('mformat', ['-i', efi, '-f', '2880', '::'])
  execFileSync('cp', [efi, join(tree, 'boot/efi.img')])
})
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

const isolinux = ['-c', 'isolinux/boot.cat', '-b', 'isolinux/isolinux.bin', '-no-emul-boot', '-boot-load-size', '4', '-boot-info-table']
const efiEntry = ['-eltorito-alt-boot', '-e', 'boot/efi.img', '-no-emul-boot']
const xorriso = ['xorriso', '-as', 'mkisofs', '-quiet', '-R', '-J']

interface Maker {
  readonly name: string
  readonly isThere: boolean
  readonly make: (image: string) => void
  /** What a new image can't have. */
  readonly lost?: readonly RegExp[]
}
const run = (image: string, command: readonly string[]) => {
  const [tool, ...args] = command as [string, ...string[]]
  execFileSync(tool, [...args, '-o', image, tree], { stdio: 'ignore' })
}
const makers: Maker[] = [
  { name: 'isolinux', isThere: hasIsolinux, make: (image) => run(image, [...xorriso, ...isolinux]) },
  {
    name: 'isolinux by genisoimage and isohybrid',
    isThere: hasIsolinux && has('genisoimage') && has('isohybrid'),
    make: (image) => {
      run(image, ['genisoimage', '-quiet', '-R', '-J', ...isolinux])
      execFileSync('isohybrid', [image])
    },
  },
  {
    name: 'isolinux and UEFI, hybrid with MBR and GPT',
    isThere: hasIsolinux,
    make: (image) => run(image, [...xorriso, '-isohybrid-mbr', ISOHDPFX, ...isolinux, ...efiEntry, '-isohybrid-gpt-basdat']),
  },
  {
    name: 'isolinux and an appended EFI partition',
    isThere: hasIsolinux,
    make: (image) =>
      run(image, [
        ...[...xorriso, '-isohybrid-mbr', ISOHDPFX, ...isolinux],
        ...['-append_partition', '2', '0xef', efi, '-appended_part_as_gpt', '-eltorito-alt-boot'],
        ...['-e', '--interval:appended_partition_2:all::', '-no-emul-boot'],
      ]),
  },
  {
    name: 'an appended EFI partition in the MBR',
    isThere: hasIsolinux,
    make: (image) =>
      run(image, [
        ...[...xorriso, '-isohybrid-mbr', ISOHDPFX, ...isolinux, '-append_partition', '2', '0xef', efi, '-eltorito-alt-boot'],
        ...['-e', '--interval:appended_partition_2:all::', '-no-emul-boot'],
      ]),
  },
  {
    name: 'GRUB by grub-mkrescue',
    isThere: hasGrub,
    make: (image) => run(image, ['grub-mkrescue']),
    lost: [/Partition \d of the (GUID partition table|Apple partition map)/],
  },
  {
    name: 'a floppy disk without a name in the tree',
    isThere: hasIsolinux,
    make: (image) => {
      run(image, [...xorriso, '-b', 'boot/efi.img', '-c', 'boot/boot.cat'])
      // Out of the tree, but not out of the image.
      execFileSync('xorriso', ['-dev', `stdio:${image}`, '-boot_image', 'any', 'keep', '-hide', 'on', '/boot/efi.img', '--', '-commit'], {
        stdio: 'ignore',
      })
    },
  },
]

const steps = (): EditStep[] => [
  { step: 'add', hostPath: join(tree, 'isolinux/isolinux.cfg'), path: '/added/config.txt' },
  { step: 'add', hostPath: join(tree, 'isolinux/isolinux.cfg'), path: '/readme.txt' },
  { step: 'remove', path: '/a large file' },
]

function edit(image: string, edited: string, mode: EditMode, changes: EditStep[] = steps()): Promise<EditResult> {
  return editImage({ imagePath: image, outPath: edited, overwrite: true, steps: changes, label: null, mode, exclude: [] }, quietControl())
}

/** What firmware is told, and the bytes it is led to, but for those that say where a boot file is. */
async function bootFacts(path: string) {
  const image = openImage(path)
  try {
    const { catalog, tables } = await image.bootEquipment()
    const findings = new FindingLog()
    if (catalog !== null) checkBootInfoTables(image.source, catalog, findings)
    const entries = (catalog?.entries ?? []).map((entry) => ({
      ...[entry].map(({ platformId, bootable, media, loadSegment, systemType, sectorCount }) => ({
        platformId,
        bootable,
        media,
        loadSegment,
        systemType,
        sectorCount,
      }))[0],
      marks: [entry.hasBootInfoTable, entry.hasGrub2BootInfo, entry.isIsolinuxHybrid],
      content: sha256(contentOf(path, entry)),
    }))
    const mbr = tables.mbr && {
      code: tables.mbr.bootCode,
      disk: tables.mbr.diskId,
      starts: startOf(tables.mbr.bootImageLba, catalog?.entries ?? []),
    }
    return { id: catalog?.id, isValid: catalog?.isValid, entries, mbr, disk: tables.gpt?.diskGuid, wrong: findings.list() }
  } finally {
    image.close()
  }
}

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

/** Which boot image the MBR's code starts. */
function startOf(lba: number | null, entries: readonly BootCatalogEntry[]): number | undefined {
  return entries.find(({ extentLba }) => extentLba === lba)?.number
}

function contentOf(path: string, entry: BootCatalogEntry): Buffer {
  const bytes = Buffer.alloc(entry.image?.sizeBytes ?? 0)
  const fd = openSync(path, 'r')
  readSync(fd, bytes, 0, bytes.length, entry.extentLba * BLOCK_BYTES)
  closeSync(fd)
  if (entry.hasBootInfoTable) bytes.fill(0, 8, 64)
  if (entry.hasGrub2BootInfo) bytes.fill(0, 2548, 2556)
  return bytes
}

async function efiPartitions(path: string): Promise<string[]> {
  const image = openImage(path)
  const { tables } = await image.bootEquipment()
  image.close()
  const bytes = readFileSync(path)
  return partitionExtents(tables)
    .filter(({ startBytes, sizeBytes }) => startBytes > 32_768 && sizeBytes === EFI_BYTES)
    .map(({ startBytes, sizeBytes }) => sha256(bytes.subarray(startBytes, startBytes + sizeBytes)))
}

const report = (path: string, what: string): string =>
  spawnSync('xorriso', ['-indev', `stdio:${path}`, what, 'plain'], { encoding: 'utf8' }).stdout
/** xorriso's report without numbers of blocks. */
const pathsIn = (path: string): string[] =>
  [...report(path, '-report_el_torito').split('\n'), ...report(path, '-report_system_area').split('\n')].filter(
    (line) => /path|opts/.test(line) && !/HFS|GPT|APM/.test(line),
  )
const problems = (path: string): string =>
  /Identified (\d+) problem/.exec(spawnSync('sgdisk', ['-v', path], { encoding: 'utf8' }).stdout)?.[1] ?? '0'

describe.each(makers)('$name', ({ name, isThere, make, lost = [] }) => {
  const check = isThere ? it : it.skip
  let image: string
  let edited: string
  beforeAll(() => {
    image = join(scratch, `${name.replaceAll(/\W+/g, '-')}.iso`)
    edited = join(scratch, 'edited.iso')
    if (isThere) make(image)
  })
  afterAll(() => {
    for (const path of [image, edited]) rmSync(path, { force: true })
  })

  check.each(['rewrite', 'append-session'] as const)('starts the same after an edit (%s)', async (mode) => {
    const result = await edit(image, edited, mode)
    const before = await bootFacts(image)
    const after = await bootFacts(edited)
    expect(after).toEqual(before)
    expect(before.entries.length).toBeGreaterThan(0)
    expect(pathsIn(edited)).toEqual(pathsIn(image))
    expect(problems(edited)).toBe(problems(image))
    expect(await efiPartitions(edited)).toEqual(await efiPartitions(image))
    const said = result.changes.map(({ reason }) => reason)
    expect(said.filter((reason) => !(mode === 'rewrite' && lost.some((pattern) => pattern.test(reason))))).toEqual([])
    const sfdisk = spawnSync('sfdisk', ['-d', edited], { encoding: 'utf8' })
    expect(sfdisk.stderr).toBe(spawnSync('sfdisk', ['-d', image], { encoding: 'utf8' }).stderr.replaceAll(image, edited))
  })
})

const withIsolinux = hasIsolinux ? describe : describe.skip
withIsolinux('boot files that are edited themselves', () => {
  let image: string
  let edited: string
  beforeAll(() => {
    image = join(scratch, 'files.iso')
    edited = join(scratch, 'edited.iso')
    run(image, [...xorriso, '-isohybrid-mbr', ISOHDPFX, ...isolinux, ...efiEntry, '-isohybrid-gpt-basdat'])
  })

  it.each(['rewrite', 'append-session'] as const)(
    'a new boot file takes the place of the old one, and is told where it is (%s)',
    async (mode) => {
      const other = join(scratch, 'isolinux.bin')
      writeFileSync(other, Buffer.concat([readFileSync(ISOLINUX), Buffer.alloc(5000, 7)]))
      const larger = join(scratch, 'larger.img')
      writeFileSync(larger, Buffer.alloc(LARGER_BYTES))
      execFileSync('mformat', ['-i', larger, '-t', '64', '-h', '4', '-s', '32', '::'])
      await edit(image, edited, mode, [
        { step: 'add', hostPath: other, path: '/isolinux/isolinux.bin' },
        { step: 'add', hostPath: larger, path: '/boot/efi.img' },
      ])
      const { entries, mbr, wrong } = await bootFacts(edited)
      expect(wrong).toEqual([])
      expect(entries[0]?.marks).toEqual([true, false, true])
      const told = Buffer.concat([readFileSync(ISOLINUX), Buffer.alloc(5000, 7)]).fill(0, 8, 64)
      expect(entries[0]?.content).toBe(sha256(told))
      expect(mbr).toMatchObject({ code: 'isolinux', starts: 1 })
      expect(entries[1]?.sectorCount).toBe(LARGER_BYTES / 512)
      expect(pathsIn(edited)).toContain('El Torito img path :   2  /boot/efi.img')
    },
  )

  it('a boot file that is renamed still starts', async () => {
    await edit(image, edited, 'rewrite', [{ step: 'rename', path: '/isolinux', to: '/loader' }])
    expect(await bootFacts(edited)).toEqual(await bootFacts(image))
    expect(pathsIn(edited)).toContain('El Torito img path :   1  /loader/isolinux.bin')
  })

  it('a boot file that is taken out of the tree stays in the image, and that is said', async () => {
    const { changes } = await edit(image, edited, 'rewrite', [{ step: 'remove', path: '/boot' }])
    expect(changes).toMatchObject([{ kind: 'caution', path: '/boot/efi.img' }])
    expect(await bootFacts(edited)).toEqual(await bootFacts(image))
    expect(pathsIn(edited).some((line) => line.includes('efi.img'))).toBe(false)
  })
})
