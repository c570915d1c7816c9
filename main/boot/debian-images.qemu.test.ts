/** Images that Debian ships start, and start still after `isomer edit` touched a text file in them. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { runCommandLine } from '../cli/run-command-line.ts'
import { scratchRoot } from '../image/testing/scratch.ts'
import { canStartMachines, machines, startFrom } from './testing/virtual-machine.ts'

const packages = join(import.meta.dirname, '../../node_modules/.cache/debian-boot-images/usr/lib')
const message = 'Shown after an edit.'
/** QEMU's time-out, four times. */
const TEST_TIMEOUT_MS = 600_000

interface ShippedImage {
  readonly path: string
  /** The text file that is changed, or one that is new. */
  readonly file: string
  readonly change: (text: string) => string
  readonly starts: readonly { readonly machine: keyof typeof machines; readonly before: string | RegExp; readonly after: string | RegExp }[]
}

const bothTimes = (machine: keyof typeof machines, shown: string | RegExp) => ({ machine, before: shown, after: shown })
const MEMTEST_LOADS = /Booting from DVD\/CD\.\.\.\n\.{20}/
const newFile = { file: '/note.txt', change: () => 'a note\n' }

const images: readonly ShippedImage[] = [
  {
    path: 'grub-rescue/grub-rescue-cdrom.iso',
    file: '/boot/grub/grub.cfg',
    change: () => `echo "${message}"\n`,
    starts: [
      { machine: 'BIOS, disc', before: 'Press enter to boot the selected OS', after: message },
      { machine: 'BIOS, stick', before: 'Press enter to boot the selected OS', after: message },
    ],
  },
  {
    path: 'ipxe/ipxe.iso',
    file: '/isolinux.cfg',
    change: (text) => text.replace(/^SAY .*$/m, `SAY ${message}`),
    starts: [
      {
        machine: 'BIOS, disc',
        before: 'iPXE initialising devices...ok',
        after: /Shown after an edit\.\s+Loading ipxe\.krn\.\.\. ok\s+iPXE initialising/,
      },
      {
        machine: 'BIOS, stick',
        before: 'iPXE initialising devices...ok',
        after: /Shown after an edit\.\s+Loading ipxe\.krn\.\.\. ok\s+iPXE initialising/,
      },
      bothTimes('UEFI, disc', 'iPXE initialising devices...ok'),
      bothTimes('UEFI, stick', 'iPXE initialising devices...ok'),
    ],
  },
  {
    path: 'memtest86+/memtest86+x64.iso',
    ...newFile,
    // Without a screen it says just so.
    starts: [
      bothTimes('BIOS, disc', MEMTEST_LOADS),
      bothTimes('UEFI, disc', 'set_screen_info() failed'),
      bothTimes('UEFI, stick', 'set_screen_info() failed'),
    ],
  },
  { path: 'memtest86+/memtest86+ia32.iso', ...newFile, starts: [bothTimes('BIOS, disc', MEMTEST_LOADS)] },
]

const scratch = mkdtempSync(join(scratchRoot(), 'isomer-debian-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

describe.skipIf(!canStartMachines() || !existsSync(packages))('Debian’s', { timeout: TEST_TIMEOUT_MS }, () => {
  it.each(images.map((image) => [image.path, image] as const))('%s', async (path, { file, change, starts }) => {
    const image = join(packages, path)
    const edited = join(scratch, 'edited.iso')
    const text = join(scratch, 'text')
    const large = join(scratch, 'large')
    const old = file === newFile.file ? '' : execFileSync('isoinfo', ['-R', '-x', file, '-i', image], { encoding: 'utf8' })
    writeFileSync(text, change(old))
    writeFileSync(large, Buffer.alloc(3_000_000))
    // A large file before all others moves what loaders are told the place of.
    const added = ['--add', `${text}=${file}`, '--add', `${large}=/a first file`]
    expect(await runCommandLine(['edit', image, '-o', edited, ...added, '--force', '--quiet'])).toBe(0)
    for (const { machine, before, after } of starts) {
      expect(await startFrom({ image, ...machines[machine], until: before }), machine).toMatchObject({ started: true })
      expect(await startFrom({ image: edited, ...machines[machine], until: after }), machine).toMatchObject({ started: true })
    }
  })
})
