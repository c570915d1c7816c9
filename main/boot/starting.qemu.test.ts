/** Images started by a machine: real boot loaders show a file of the image, so they found their own place and the image's. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { scratchRoot } from '../image/testing/scratch.ts'
import { bootFiles, canMakeBootSources, firstMessage, makeBootSources, mbrCode, ownMessages } from './testing/boot-sources.ts'
import { canStartMachines, type StartRequest, startFrom } from './testing/virtual-machine.ts'

type Machine = Pick<StartRequest, 'medium' | 'firmware'>
const biosCd: Machine = { medium: 'cd', firmware: 'bios' }
const uefiCd: Machine = { medium: 'cd', firmware: 'uefi' }
const biosStick: Machine = { medium: 'usb-stick', firmware: 'bios' }
const uefiStick: Machine = { medium: 'usb-stick', firmware: 'uefi' }

const noEmulation = ['-no-emul-boot', '-boot-load-size', '4', '-boot-info-table']
const isolinux = ['-b', bootFiles.isolinux, ...noEmulation]
const grub2 = ['-b', bootFiles.grub2, ...noEmulation, '--grub2-boot-info']
const uefi = ['-eltorito-alt-boot', '-e', bootFiles.uefi, '-no-emul-boot']

/** Title, options, and what each machine shows. */
const images: readonly [string, readonly string[], readonly [Machine, string][]][] = [
  ['isolinux', isolinux, [[biosCd, firstMessage]]],
  ['GRUB', grub2, [[biosCd, firstMessage]]],
  ['a loader without emulation', ['-b', bootFiles.own, ...noEmulation], [[biosCd, ownMessages.loader]]],
  ['floppy emulation', ['-b', bootFiles.floppy], [[biosCd, ownMessages.floppy]]],
  ['hard-disk emulation', ['-b', bootFiles.hardDisk, '-hard-disk-boot'], [[biosCd, ownMessages.hardDisk]]],
  ['UEFI', ['-e', bootFiles.uefi, '-no-emul-boot'], [[uefiCd, firstMessage]]],
  [
    'isolinux and UEFI, hybrid',
    [...isolinux, ...uefi, '-isohybrid-mbr', mbrCode.isolinux, '-isohybrid-gpt-basdat'],
    [biosCd, uefiCd, biosStick, uefiStick].map((machine) => [machine, firstMessage]),
  ],
  [
    'GRUB and UEFI, hybrid',
    [...grub2, ...uefi, '--grub2-mbr', mbrCode.grub2, '-isohybrid-gpt-basdat'],
    [biosCd, uefiCd, biosStick, uefiStick].map((machine) => [machine, firstMessage]),
  ],
]

describe.skipIf(!canStartMachines() || !canMakeBootSources())('machines start', () => {
  let scratch: string
  let image: string
  beforeAll(() => {
    scratch = mkdtempSync(join(scratchRoot(), 'isomer-start-'))
    image = join(scratch, 'image.iso')
    makeBootSources(join(scratch, 'source'))
  })
  afterAll(() => rmSync(scratch, { recursive: true, force: true }))

  const makeImage = (options: readonly string[]) =>
    execFileSync('xorriso', ['-as', 'mkisofs', '-R', '-o', image, ...options, join(scratch, 'source')], { stdio: 'ignore' })

  it.each(images)('%s', async (_title, options, starts) => {
    makeImage(options)
    for (const [machine, until] of starts) {
      const report = await startFrom({ image, ...machine, until })
      expect(report, `${machine.firmware} ${machine.medium}`).toMatchObject({ started: true })
    }
  })

  it.each([biosCd, uefiCd, biosStick, uefiStick])('not what has nothing to start: $firmware, $medium', async (machine) => {
    makeImage([])
    expect(await startFrom({ image, ...machine, until: firstMessage })).toMatchObject({ started: false })
  })
})
