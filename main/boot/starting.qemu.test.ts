/**
 * Images that `isomer create` made, started by a machine. Loaders show a file of the image, so they were found, found
 * their own place, and understood the image's.
 */
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCommandLine } from '../cli/run-command-line.ts'
import { scratchRoot } from '../image/testing/scratch.ts'
import { bootFiles, canMakeBootSources, firstMessage, makeBootSources, mbrCode, ownMessages } from './testing/boot-sources.ts'
import { judge } from './testing/foreign-boot-readers.ts'
import { canStartMachines, type StartRequest, startFrom } from './testing/virtual-machine.ts'

const machines = {
  'BIOS, disc': { medium: 'cd', firmware: 'bios' },
  'UEFI, disc': { medium: 'cd', firmware: 'uefi' },
  'BIOS, stick': { medium: 'usb-stick', firmware: 'bios' },
  'UEFI, stick': { medium: 'usb-stick', firmware: 'uefi' },
} satisfies Record<string, Pick<StartRequest, 'medium' | 'firmware'>>
type Machine = keyof typeof machines
const all = Object.keys(machines) as Machine[]

/** Four starts, each with the machine's own time-out. */
const TEST_TIMEOUT_MS = 600_000

const scratch = mkdtempSync(join(scratchRoot(), 'isomer-start-'))
const source = join(scratch, 'source')
const image = join(scratch, 'image.iso')
const bootFile = (name: keyof typeof bootFiles) => join(source, bootFiles[name])
const bios = (name: keyof typeof bootFiles) => ['--boot-bios', bootFile(name)]
const uefi = ['--boot-uefi', bootFile('uefi')]
const outside = join(scratch, 'outside.img')

/** Title, what create is told, what the machines show, and which machines start it. */
const images: readonly [string, string[], string, Machine[]][] = [
  ['isolinux', bios('isolinux'), firstMessage, ['BIOS, disc']],
  ['GRUB', bios('grub2'), firstMessage, ['BIOS, disc']],
  ['a loader without emulation', bios('own'), ownMessages.loader, ['BIOS, disc']],
  ['a loader that is in no source', ['--boot-bios', outside], ownMessages.loader, ['BIOS, disc']],
  ['floppy emulation', bios('floppy'), ownMessages.floppy, ['BIOS, disc']],
  ['hard-disk emulation', bios('hardDisk'), ownMessages.hardDisk, ['BIOS, disc']],
  ['UEFI', uefi, firstMessage, ['UEFI, disc']],
  ['isolinux and UEFI', [...bios('isolinux'), ...uefi], firstMessage, ['BIOS, disc', 'UEFI, disc']],
]

/** The same file as a stick. */
const hybridImages: typeof images = [
  ['isolinux', [...bios('isolinux'), '--mbr', mbrCode.isolinux], firstMessage, ['BIOS, disc', 'BIOS, stick']],
  ['GRUB', [...bios('grub2'), '--mbr', mbrCode.grub2], firstMessage, ['BIOS, disc', 'BIOS, stick']],
  ['UEFI', [...uefi, '--hybrid'], firstMessage, ['UEFI, disc', 'UEFI, stick']],
  ['isolinux and UEFI', [...bios('isolinux'), ...uefi, '--mbr', mbrCode.isolinux], firstMessage, all],
  [
    'GRUB and UEFI, with UDF',
    [...bios('grub2'), ...uefi, '--mbr', mbrCode.grub2, '--fs', 'iso9660,joliet,rockridge,udf'],
    firstMessage,
    all,
  ],
]

async function create(options: readonly string[]): Promise<void> {
  expect(await runCommandLine(['create', source, '-o', image, '--force', '--quiet', ...options])).toBe(0)
}

async function expectStarts(machine: Machine, until: string): Promise<void> {
  expect(await startFrom({ image, ...machines[machine], until }), machine).toMatchObject({ started: true })
}

describe.skipIf(!canStartMachines() || !canMakeBootSources())('machines start', { timeout: TEST_TIMEOUT_MS }, () => {
  beforeAll(() => {
    makeBootSources(source)
    copyFileSync(bootFile('own'), outside)
  })
  afterAll(() => rmSync(scratch, { recursive: true, force: true }))

  it.each(images)('%s', async (_title, options, shown, started) => {
    await create(options)
    for (const machine of started) await expectStarts(machine, shown)
  })

  it.each(hybridImages)('hybrid: %s', async (_title, options, shown, started) => {
    await create(options)
    for (const machine of started) await expectStarts(machine, shown)
    expect(judge('sfdisk', '--verify', image)).toMatchObject({ status: 0, text: expect.stringContaining('No errors detected') })
    if (started.includes('UEFI, stick')) expect(judge('sgdisk', '--verify', image).text).toContain('No problems found')
  })

  it.each(all)('not what has nothing to start: %s', async (machine) => {
    await create([])
    expect(await startFrom({ image, ...machines[machine], until: firstMessage })).toMatchObject({ started: false })
  })

  it('what another program made, as a control', async () => {
    const loader = ['-b', bootFiles.isolinux, '-no-emul-boot', '-boot-load-size', '4', '-boot-info-table']
    execFileSync('xorriso', ['-as', 'mkisofs', '-R', '-o', image, ...loader, source], { stdio: 'ignore' })
    await expectStarts('BIOS, disc', firstMessage)
  })
})
