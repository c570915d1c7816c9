/** `isomer mount`, `mounts` and `unmount` with udisks2 and a kernel that knows discs: who may, what is said to who may not. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createImage } from '../../main/image/create/create-image.ts'
import { quietControl } from '../../main/image/testing/quiet-control.ts'
import { type CreateOptions, defaultCreateOptions } from '../../shared/image-project.ts'
import type { GuestUser } from './machine/agent-protocol.ts'
import { Guest } from './machine/guest.ts'
import { guestListing, hostListing } from './machine/tree-listing.ts'

interface MountedImage {
  readonly name: string
  readonly options: Partial<CreateOptions>
  readonly fileSystem: 'iso9660' | 'udf'
}

const images: readonly MountedImage[] = [
  { name: 'plain.iso', options: { fileSystems: ['iso9660'], isoLevel: 1 }, fileSystem: 'iso9660' },
  { name: 'joliet.iso', options: { fileSystems: ['iso9660', 'joliet'] }, fileSystem: 'iso9660' },
  { name: 'rock ridge.iso', options: { fileSystems: ['iso9660', 'joliet', 'rockridge'] }, fileSystem: 'iso9660' },
  { name: 'udf 1.02.iso', options: { fileSystems: ['udf'], udfRevision: '1.02' }, fileSystem: 'udf' },
  { name: 'udf 2.01.iso', options: { fileSystems: ['udf'], udfRevision: '2.01' }, fileSystem: 'udf' },
  { name: 'udf 2.50.iso', options: { fileSystems: ['udf'], udfRevision: '2.50' }, fileSystem: 'udf' },
]

let guest: Guest
let source: string
beforeAll(async () => {
  guest = await Guest.start({ systemd: true })
  source = mkdtempSync(join(tmpdir(), 'isomer-mount-source-'))
  mkdirSync(join(source, 'docs/letters'), { recursive: true })
  for (const path of ['readme.txt', 'docs/report.pdf', 'docs/letters/aunt.txt']) writeFileSync(join(source, path), path.repeat(1000))
  for (const { name, options } of images) await make(name, options)
})
afterAll(async () => {
  rmSync(source, { recursive: true, force: true })
  await guest?.stop()
})
afterEach(async () => {
  await guest.run('isomer unmount --all -q; umount -q /mnt')
  expect((await guest.run('losetup --list --noheadings')).stdout, 'no loop device is left').toBe('')
})

async function make(name: string, options: Partial<CreateOptions>): Promise<void> {
  const project = {
    version: 1 as const,
    steps: [{ step: 'add' as const, hostPath: source, into: '/', contentsOnly: true }],
    options: { ...defaultCreateOptions, label: name.replace('.iso', ''), ...options },
  }
  await createImage({ project, outPath: join(guest.folder, name), overwrite: false }, quietControl())
}

async function mount(
  image: string,
  user: GuestUser,
): Promise<{ mountPoint: string; method: string; fileSystem: string; wasMounted: boolean }> {
  const result = await guest.run(`isomer mount '/lab/${image}' --json`, { user })
  expect(result).toMatchObject({ exitCode: 0, stderr: '' })
  return JSON.parse(result.stdout)
}

/** Options of the mount as the kernel has them. */
const kernelOptions = async (mountPoint: string) => (await guest.run(`findmnt -n -o OPTIONS '${mountPoint}'`)).stdout.trim().split(',')

describe.each(['root', 'seat'] as const)('%s', (user) => {
  it.each(images)('mounts $name read-only, finds the source in it, and leaves no loop device', async ({ name, fileSystem }) => {
    const made = await mount(name, user)
    expect(made).toMatchObject({ method: 'udisks', fileSystem, wasMounted: false })
    expect(await kernelOptions(made.mountPoint)).toEqual(expect.arrayContaining(['ro', 'nosuid', 'nodev']))
    const listing = await guestListing(guest, made.mountPoint, { attributes: false })
    // the plain tree has capitals only, which the kernel shows as small letters
    expect(listing.toLowerCase()).toBe(hostListing(source, { attributes: false }).toLowerCase())
    expect(await guest.run(`isomer unmount '/lab/${name}'`, { user })).toMatchObject({ exitCode: 0, stderr: '' })
  })

  it('mounting twice gives the same mount; a busy one stays, and who uses it is named', async () => {
    const { mountPoint } = await mount('joliet.iso', user)
    await expect(mount('joliet.iso', user)).resolves.toMatchObject({ mountPoint, wasMounted: true })
    expect((await guest.run('isomer mounts', { user })).stdout).toContain(`${mountPoint}  /lab/joliet.iso, since `)
    const sleeper = guest.start(`cd '${mountPoint}' && exec sleep 600`, { user })
    await expect.poll(async () => (await guest.run(`fuser -m '${mountPoint}' || pgrep -x sleep`)).exitCode).toBe(0)
    const { exitCode, stderr } = await guest.run('isomer unmount /lab/joliet.iso', { user })
    sleeper.kill('SIGTERM')
    await sleeper.result
    expect(exitCode).toBe(3)
    expect(stderr).toMatch(/is in use by .*sleep \(\d+\).*\nIt is still mounted\./)
    expect(await guest.run('isomer unmount /lab/joliet.iso', { user })).toMatchObject({ exitCode: 0 })
  })
})

it('a user whom the policy refuses is told so when nothing else can mount', async () => {
  const { exitCode, stderr } = await guest.run(
    'PATH=/opt/only mkdir -p /tmp/only; mkdir -p /tmp/only && ln -sf $(command -v udisksctl) $(command -v node) $(command -v bash) /tmp/only/; PATH=/tmp/only $(command -v isomer) mount /lab/joliet.iso',
    { user: 'tester' },
  )
  expect(exitCode).toBe(3)
  expect(stderr).toContain('does not let this user mount')
})

it('a user whom the policy refuses gets the mount through FUSE', async () => {
  await expect(mount('joliet.iso', 'tester')).resolves.toMatchObject({ method: 'fuseiso' })
  expect(await guest.run('isomer unmount /lab/joliet.iso', { user: 'tester' })).toMatchObject({ exitCode: 0 })
})

it('a rule of polkit lets him', async () => {
  const rule =
    'polkit.addRule(function(action, subject) { if (subject.user == "tester" && /^org.freedesktop.udisks2.(loop-setup|filesystem-mount)/.test(action.id)) return polkit.Result.YES })'
  await guest.run(`cat > /etc/polkit-1/rules.d/50-isomer.rules && systemctl restart polkit`, { input: rule })
  try {
    await expect.poll(async () => (await mount('joliet.iso', 'tester')).method, { timeout: 20_000, interval: 1000 }).toBe('udisks')
    expect(await guest.run('isomer unmount /lab/joliet.iso', { user: 'tester' })).toMatchObject({ exitCode: 0 })
  } finally {
    await guest.run('rm /etc/polkit-1/rules.d/50-isomer.rules && systemctl restart polkit')
  }
})

it('root mounts by the kernel where udisks is missing', async () => {
  await guest.run('mv /usr/bin/udisksctl /usr/bin/udisksctl.away')
  try {
    const { mountPoint, method } = await mount('rock ridge.iso', 'root')
    expect(method).toBe('kernel')
    expect(await kernelOptions(mountPoint)).toEqual(expect.arrayContaining(['ro', 'nosuid', 'nodev']))
    expect(await guest.run(`isomer unmount '${mountPoint}'`)).toMatchObject({ exitCode: 0 })
  } finally {
    await guest.run('mv /usr/bin/udisksctl.away /usr/bin/udisksctl')
  }
})

it('a mount made outside is listed and can be let go', async () => {
  await guest.run('mount -o loop,ro /lab/joliet.iso /mnt')
  expect((await guest.run('isomer mounts')).stdout).toBe('/mnt  /lab/joliet.iso, mounted outside Isomer\n')
  expect(await guest.run('isomer unmount /mnt')).toMatchObject({ exitCode: 0 })
})

it('a damaged image is refused before anything is attached', async () => {
  await guest.run(
    'head -c 40000 /lab/joliet.iso > /lab/cut.iso; dd if=/dev/zero of=/lab/cut.iso bs=2048 seek=16 count=4 conv=notrunc status=none',
  )
  const { exitCode, stderr } = await guest.run('isomer mount /lab/cut.iso')
  expect(exitCode).toBe(4)
  expect(stderr).toContain('/lab/cut.iso')
})
