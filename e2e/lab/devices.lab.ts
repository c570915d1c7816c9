/** What the lab's own drives do, for the tests that build on them. */
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { opticalDrive, usbStick } from './machine/devices.ts'
import { Guest } from './machine/guest.ts'

const BLOCK = 2048
const BLOCKS = 3000
const unreadable = [0, 1000, 1001, 2999]

let guest: Guest
let scratch: string
let disc: Buffer
beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'isomer-devices-'))
  disc = Buffer.from(Array.from({ length: BLOCKS }, (_, lba) => `block ${lba} `.padEnd(BLOCK, '.')).join(''))
  writeFileSync(join(scratch, 'disc'), disc)
  writeFileSync(join(scratch, 'stick'), Buffer.alloc(4 << 20))
  guest = await Guest.start({
    devices: [
      ...opticalDrive(join(scratch, 'disc')),
      ...opticalDrive(join(scratch, 'disc'), { unreadable }, 'cd1'),
      ...usbStick(join(scratch, 'stick')),
    ],
  })
})
afterAll(async () => {
  await guest?.stop()
  rmSync(scratch, { recursive: true, force: true })
})

/** Reads every sector around the cache in Node and says which it can't, with the error's code. */
const unreadableSectors = `
  const { openSync, readSync, constants } = require('node:fs')
  const fd = openSync('/dev/sr1', constants.O_RDONLY | constants.O_DIRECT)
  const failed = []
  for (let lba = 0; lba < ${BLOCKS}; lba++) {
    try {
      readSync(fd, Buffer.allocUnsafeSlow(${BLOCK}), 0, ${BLOCK}, lba * ${BLOCK})
    } catch (error) {
      failed.push([lba, error.code])
    }
  }
  console.log(JSON.stringify(failed))`

it('a disc is read as it is', async () => {
  const { stdout } = await guest.run('blockdev --getsize64 /dev/sr0; sha256sum < /dev/sr0')
  expect(stdout).toBe(`${BLOCKS * BLOCK}\n${createHash('sha256').update(disc).digest('hex')}  -\n`)
})

it('just its unreadable sectors give an error of the medium', async () => {
  const { stdout } = await guest.run(`node -e "${unreadableSectors}"`)
  expect(JSON.parse(stdout)).toEqual(unreadable.map((lba) => [lba, 'ENODATA']))
  expect((await guest.run('dmesg')).stdout).toContain('Medium Error')
})

it('a stick is removable and keeps what is written', async () => {
  const stick = '$(basename /dev/disk/by-id/usb-*:0)'
  const { stdout } = await guest.run(
    `device=$(readlink -f /dev/disk/by-id/${stick}); lsblk -dno RM,TRAN $device; echo written > $device; sync`,
  )
  expect(stdout.trim()).toMatch(/^1 +usb$/)
  expect(readFileSync(join(scratch, 'stick'), 'latin1').slice(0, 8)).toBe('written\n')
})
