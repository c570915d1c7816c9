/** The loan of a device, with a file in its place and a pkexec that says yes or no at once. */
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Problem } from '../../../../shared/problem.ts'
import { quietControl } from '../../../image/testing/quiet-control.ts'
import { lendDevice } from './lent-device.ts'

const OTHER_USER = 12_345

let scratch: string
let device: string
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'isomer-lent-'))
  device = join(scratch, 'sdb')
  vi.stubEnv('PATH', `${scratch}:${process.env['PATH']}`)
})
afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
  rmSync(scratch, { recursive: true, force: true })
})

const target = () => ({
  path: device,
  vendor: 'Fake',
  model: 'Stick',
  serial: '',
  sizeBytes: 4096,
  connection: 'usb' as const,
  isRemovable: true,
  isReadOnly: false,
  mountPoints: [],
  labels: [],
})
const pkexec = (script: string) => writeFileSync(join(scratch, 'pkexec'), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
const owner = () => statSync(device).uid

it('needs nobody’s leave where the user may write anyway', async () => {
  pkexec('exit 1')
  writeFileSync(device, '')
  await expect(lendDevice(target(), quietControl())).resolves.toBeTypeOf('function')
})

// Only where nothing is there can root be without the right to write.
describe.runIf(process.getuid?.() === 0)('a user who may not write', () => {
  it('is the owner while the image is written, and not any more afterwards', async () => {
    // Puts the device there, its last argument.
    pkexec('touch "$7"; shift; exec "$@"')
    vi.spyOn(process, 'getuid').mockReturnValue(OTHER_USER)
    const giveBack = await lendDevice(target(), quietControl())
    expect(owner()).toBe(OTHER_USER)
    await giveBack()
    expect(owner()).toBe(0)
  })

  it.each([
    ['left the question', 126, 'Give the password when the system asks for it.'],
    ['is not an administrator', 127, 'Do it as root: sudo isomer flash …'],
    ['is refused for another reason', 1, 'Do it as root: sudo isomer flash …'],
  ])('and %s is told so', async (_why, exitCode, advice) => {
    pkexec(`exit ${exitCode}`)
    await expect(lendDevice(target(), quietControl())).rejects.toMatchObject({ report: { code: 'needs-root', advice } })
  })

  it('and cancels instead of answering waits no longer', async () => {
    pkexec('exec sleep 600')
    const control = quietControl({
      checkpoint: () => {
        throw Problem.cancelled()
      },
    })
    await expect(lendDevice(target(), control)).rejects.toMatchObject({ report: { code: 'cancelled' } })
  })
})
