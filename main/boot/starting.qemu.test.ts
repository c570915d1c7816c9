/**
 * Images that `isomer create` made, started by a machine, and again after `isomer edit` replaced a file. Loaders show that
 * file, so they were found, found their own place, and understood the image's.
 */
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCommandLine } from '../cli/run-command-line.ts'
import { scratchRoot } from '../image/testing/scratch.ts'
import { bootFiles, canMakeBootSources, firstMessage, MESSAGE_FILE, makeBootSources, mbrCode, ownMessages } from './testing/boot-sources.ts'
import { judge } from './testing/foreign-boot-readers.ts'
import { canStartMachines, machines, startFrom } from './testing/virtual-machine.ts'

type Machine = keyof typeof machines
const all = Object.keys(machines) as Machine[]

/** Eight starts, each with the machine's own time-out. */
const TEST_TIMEOUT_MS = 1_000_000

const scratch = mkdtempSync(join(scratchRoot(), 'isomer-start-'))
const source = join(scratch, 'source')
const image = join(scratch, 'image.iso')
const edited = join(scratch, 'edited.iso')
const otherMessage = join(scratch, 'other message.txt')
const largeFile = join(scratch, 'large file')
const messages = [firstMessage, 'Shown after an edit.'] as const
const bootFile = (name: keyof typeof bootFiles) => join(source, bootFiles[name])
const bios = (name: keyof typeof bootFiles) => ['--boot-bios', bootFile(name)]
const uefi = ['--boot-uefi', bootFile('uefi')]
/** Our own code shows what is in itself. */
const same = (message: string): [string, string] => [message, message]
const outside = join(scratch, 'outside.img')

/** Title, what create is told, what the machines show, before and after an edit, and which machines start it. */
const images: readonly [string, string[], readonly [string, string], Machine[]][] = [
  ['isolinux', bios('isolinux'), messages, ['BIOS, disc']],
  ['GRUB', bios('grub2'), messages, ['BIOS, disc']],
  ['a loader without emulation', bios('own'), same(ownMessages.loader), ['BIOS, disc']],
  ['a loader that is in no source', ['--boot-bios', outside], same(ownMessages.loader), ['BIOS, disc']],
  ['floppy emulation', bios('floppy'), same(ownMessages.floppy), ['BIOS, disc']],
  ['hard-disk emulation', bios('hardDisk'), same(ownMessages.hardDisk), ['BIOS, disc']],
  ['UEFI', uefi, messages, ['UEFI, disc']],
  ['isolinux and UEFI', [...bios('isolinux'), ...uefi], messages, ['BIOS, disc', 'UEFI, disc']],
]

/** The same file as a stick. */
const hybridImages: typeof images = [
  ['isolinux', [...bios('isolinux'), '--mbr', mbrCode.isolinux], messages, ['BIOS, disc', 'BIOS, stick']],
  ['GRUB', [...bios('grub2'), '--mbr', mbrCode.grub2], messages, ['BIOS, disc', 'BIOS, stick']],
  ['UEFI', [...uefi, '--hybrid'], messages, ['UEFI, stick']],
  ['isolinux and UEFI', [...bios('isolinux'), ...uefi, '--mbr', mbrCode.isolinux], messages, all],
  ['GRUB and UEFI, with UDF', [...bios('grub2'), ...uefi, '--mbr', mbrCode.grub2, '--fs', 'iso9660,joliet,rockridge,udf'], messages, all],
]

const appendedImages: readonly [string, string[], Machine[]][] = [
  ['isolinux and UEFI', [...bios('isolinux'), ...uefi, '--mbr', mbrCode.isolinux], all],
  ['GRUB', [...bios('grub2'), '--mbr', mbrCode.grub2], ['BIOS, disc', 'BIOS, stick']],
]

async function isomer(...args: string[]): Promise<void> {
  expect(await runCommandLine([...args, '--force', '--quiet'])).toBe(0)
}

const create = (options: readonly string[]) => isomer('create', source, '-o', image, ...options)
/** A large file before all others moves everything that a loader is told the place of. */
const replaceMessage = (...options: readonly string[]) =>
  isomer('edit', image, '-o', edited, '--add', `${otherMessage}=/${MESSAGE_FILE}`, '--add', `${largeFile}=/boot/a first file`, ...options)

async function expectStarts(path: string, started: readonly Machine[], until: string): Promise<void> {
  for (const machine of started)
    expect(await startFrom({ image: path, ...machines[machine], until }), machine).toMatchObject({ started: true })
}

function expectSoundPartitions(path: string, hasGpt: boolean): void {
  expect(judge('sfdisk', '--verify', path)).toMatchObject({ status: 0, text: expect.stringContaining('No errors detected') })
  if (hasGpt) expect(judge('sgdisk', '--verify', path).text).toContain('No problems found')
}

afterAll(() => rmSync(scratch, { recursive: true, force: true }))

describe.skipIf(!canStartMachines() || !canMakeBootSources())('machines start', { timeout: TEST_TIMEOUT_MS }, () => {
  beforeAll(() => {
    makeBootSources(source)
    copyFileSync(bootFile('own'), outside)
    writeFileSync(largeFile, Buffer.alloc(3_000_000))
    writeFileSync(otherMessage, `${messages[1]}\r\n`)
  })

  it.each(images)('%s', async (_title, options, [before, after], started) => {
    await create(options)
    await expectStarts(image, started, before)
    await replaceMessage()
    await expectStarts(edited, started, after)
  })

  it.each(hybridImages)('hybrid: %s', async (_title, options, [before, after], started) => {
    const hasGpt = started.includes('UEFI, stick')
    await create(options)
    await expectStarts(image, started, before)
    expectSoundPartitions(image, hasGpt)
    await replaceMessage()
    await expectStarts(edited, started, after)
    expectSoundPartitions(edited, hasGpt)
  })

  it.each(appendedImages)('with an appended session: %s', async (_title, options, started) => {
    await create(options)
    await replaceMessage('--append-session')
    await expectStarts(edited, started, messages[1])
    expectSoundPartitions(edited, started.includes('UEFI, stick'))
  })

  it.each(all)('not what has nothing to start: %s', async (machine) => {
    await create([])
    expect(await startFrom({ image, ...machines[machine], until: firstMessage })).toMatchObject({ started: false })
  })

  it('what another program made, as a control', async () => {
    const loader = ['-b', bootFiles.isolinux, '-no-emul-boot', '-boot-load-size', '4', '-boot-info-table']
    execFileSync('xorriso', ['-as', 'mkisofs', '-R', '-o', image, ...loader, source], { stdio: 'ignore' })
    await expectStarts(image, ['BIOS, disc'], firstMessage)
  })
})
