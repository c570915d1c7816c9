/** Images flashed to a USB stick of a guest, and disks that must not be written. */
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lsblkColumns, parseLsblk } from '../../main/drives/flash/linux/lsblk.ts'
import { usbStick } from './machine/devices.ts'
import { Guest } from './machine/guest.ts'
import { record } from './machine/record.ts'

const STICK_BYTES = 32 << 20

let guest: Guest
let scratch: string
let stick: string
beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'isomer-flashing-'))
  stick = join(scratch, 'stick')
  writeFileSync(stick, Buffer.alloc(STICK_BYTES, 0xee))
  guest = await Guest.start({ devices: usbStick(stick) })
  mkdirSync(join(guest.folder, 'source'))
  writeFileSync(join(guest.folder, 'source/file.bin'), Buffer.alloc(6_000_000, 'content of a stick '))
  await isomer('create /lab/source -o /lab/image.iso -q')
})
afterAll(async () => {
  await guest?.stop()
  rmSync(scratch, { recursive: true, force: true })
})

const isomer = (args: string, user: 'root' | 'tester' = 'root') => guest.run(`isomer ${args}`, { user })
const errorOf = (stderr: string) =>
  JSON.parse(
    stderr
      .trim()
      .split('\n')
      .findLast((line) => line.startsWith('{"error"')) ?? '{}',
  ).error

it('a stick takes an image, also over a file system that is mounted, and shows it then', async () => {
  await guest.run(
    'echo type=83 | sfdisk -q /dev/sda && udevadm settle && mkfs.ext2 -q -L STICK /dev/sda1 && udevadm settle && mount /dev/sda1 /mnt',
  )
  const { stdout: listed } = await guest.run(`lsblk -J -b -o ${lsblkColumns.join(',')}`)
  record('lsblk-stick-and-root', listed)
  expect(parseLsblk(listed)).toMatchObject([{ target: { path: '/dev/sda', mountPoints: ['/mnt'] } }, { target: { path: '/dev/vda' } }])
  const { exitCode, stdout } = await isomer('flash /lab/image.iso /dev/sda --yes --verify --json')
  const image = readFileSync(join(guest.folder, 'image.iso'))
  expect([exitCode, JSON.parse(stdout)]).toEqual([
    0,
    expect.objectContaining({
      path: '/dev/sda',
      sha256: createHash('sha256').update(image).digest('hex'),
      verified: expect.objectContaining({ isSame: true }),
    }),
  ])
  expect((await guest.run('mount -r /dev/sda /mnt && sha256sum < /mnt/file.bin; umount /mnt')).stdout).toBe(
    `${createHash('sha256').update(Buffer.alloc(6_000_000, 'content of a stick ')).digest('hex')}  -\n`,
  )
  await guest.run('sync')
  const written = readFileSync(stick)
  expect(written.subarray(0, image.length).equals(image)).toBe(true)
})

it('the disk of the system is not written', async () => {
  const { exitCode, stderr } = await isomer('flash /lab/image.iso /dev/vda --yes --json')
  expect([exitCode, errorOf(stderr)]).toEqual([2, expect.objectContaining({ code: 'system-drive' })])
})

it('the stick that holds the image is not written', async () => {
  await guest.run('mkfs.ext2 -q /dev/sda && mount /dev/sda /mnt && cp /lab/image.iso /mnt/')
  const { exitCode, stderr } = await isomer('flash /mnt/image.iso /dev/sda --yes --json')
  expect([exitCode, errorOf(stderr)]).toEqual([2, expect.objectContaining({ code: 'holds-image' })])
  await guest.run('umount /mnt')
})

it('nothing is done for who may not, or without a yes', async () => {
  const { stderr } = await isomer('flash /lab/image.iso /dev/sda --yes --json', 'tester')
  expect(errorOf(stderr)).toMatchObject({ code: 'needs-root' })
  expect(errorOf((await isomer('flash /lab/image.iso /dev/sda --json')).stderr)).toMatchObject({ code: 'not-confirmed' })
})

describe('an ordinary user at the screen', () => {
  const RULE = 'polkit.addRule(function(action) { if (action.id == "org.freedesktop.policykit.exec") return polkit.Result.YES })'
  let desk: Guest
  let deskStick: string
  beforeAll(async () => {
    deskStick = join(scratch, 'desk stick')
    writeFileSync(deskStick, Buffer.alloc(STICK_BYTES, 0xee))
    desk = await Guest.start({ systemd: true, devices: usbStick(deskStick) })
    writeFileSync(join(desk.folder, 'image.iso'), readFileSync(join(guest.folder, 'image.iso')))
  })
  afterAll(() => desk?.stop())

  const flash = 'isomer flash /lab/image.iso /dev/sda --yes --verify --json'
  const owner = async () => (await desk.run('stat -c %U:%G:%a /dev/sda')).stdout.trim()

  it('is refused when nobody gives the password', async () => {
    const { stderr } = await desk.run(flash, { user: 'seat' })
    expect(errorOf(stderr)).toMatchObject({ code: 'needs-root' })
    expect(await owner()).toBe('root:disk:660')
  })

  it('gets the stick lent, over a file system that the desktop mounted, and only until it is written', async () => {
    await desk.run('cat > /etc/polkit-1/rules.d/50-isomer.rules && systemctl restart polkit', { input: RULE })
    await desk.run('mkfs.ext2 -q -L STICK /dev/sda && udevadm settle')
    expect((await desk.run('udisksctl mount -b /dev/sda', { user: 'seat' })).stdout).toContain('Mounted /dev/sda')
    const { exitCode, stdout, stderr } = await desk.run(flash, { user: 'seat' })
    expect([exitCode, stderr]).toEqual([0, stderr])
    expect(JSON.parse(stdout)).toMatchObject({ path: '/dev/sda', verified: { isSame: true } })
    expect(await owner()).toBe('root:disk:660')
    await desk.run('sync')
    const image = readFileSync(join(desk.folder, 'image.iso'))
    expect(readFileSync(deskStick).subarray(0, image.length).equals(image)).toBe(true)
  })

  it('loses it again when Isomer is killed', async () => {
    const script = `${flash} & until [ "$(stat -c %U /dev/sda)" = tester ]; do sleep .1; done; kill -9 $!; wait $!; echo killed`
    expect((await desk.run(script, { user: 'seat' })).stdout).toContain('killed')
    await desk.run('until [ "$(stat -c %U /dev/sda)" = root ]; do sleep .1; done')
  })
})
