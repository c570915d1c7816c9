/** `isomer mount`, `mounts` and `unmount` with udisks2 and a kernel that knows discs: who may, what is said to who may not. */
import { closeSync, fstatSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createImage } from '../../main/image/create/create-image.ts'
import { quietControl } from '../../main/image/testing/quiet-control.ts'
import { type CreateOptions, defaultCreateOptions } from '../../shared/image-project.ts'
import type { GuestUser } from './machine/agent-protocol.ts'
import { makeEfiImage } from './machine/efi-image.ts'
import { Guest } from './machine/guest.ts'
import { guestListing, hostListing } from './machine/tree-listing.ts'

interface MountedImage {
  readonly name: string
  readonly options: Partial<CreateOptions>
  readonly fileSystem: 'iso9660' | 'udf'
  /** A partition is all of it, as isohybrid makes them. */
  readonly isPartition?: true
}

const images: readonly MountedImage[] = [
  { name: 'plain.iso', options: { fileSystems: ['iso9660'], isoLevel: 1 }, fileSystem: 'iso9660' },
  { name: 'joliet.iso', options: { fileSystems: ['iso9660', 'joliet'] }, fileSystem: 'iso9660' },
  { name: 'rock ridge.iso', options: { fileSystems: ['iso9660', 'joliet', 'rockridge'] }, fileSystem: 'iso9660' },
  { name: 'udf 1.02.iso', options: { fileSystems: ['udf'], udfRevision: '1.02' }, fileSystem: 'udf' },
  { name: 'udf 2.01.iso', options: { fileSystems: ['udf'], udfRevision: '2.01' }, fileSystem: 'udf' },
  { name: 'udf 2.50.iso', options: { fileSystems: ['udf'], udfRevision: '2.50' }, fileSystem: 'udf' },
  { name: 'hybrid.iso', options: { fileSystems: ['iso9660', 'joliet', 'rockridge'], hybrid: true }, fileSystem: 'iso9660' },
  { name: 'isohybrid.iso', options: { fileSystems: ['iso9660', 'rockridge'] }, fileSystem: 'iso9660', isPartition: true },
]
/** Lets the user without a seat do what the policy gives to those with one. */
const RULE =
  'polkit.addRule(function(action, subject) { if (subject.user == "tester" && /^org.freedesktop.udisks2.(loop-setup|filesystem-mount)/.test(action.id)) return polkit.Result.YES })'

let guest: Guest
let source: string
beforeAll(async () => {
  guest = await Guest.start({ systemd: true })
  source = mkdtempSync(join(tmpdir(), 'isomer-mount-source-'))
  mkdirSync(join(source, 'docs/letters'), { recursive: true })
  for (const path of ['readme.txt', 'docs/report.pdf', 'docs/letters/aunt.txt']) writeFileSync(join(source, path), path.repeat(1000))
  const efi = join(source, 'efi.img')
  makeEfiImage(efi, join(source, 'readme.txt'))
  const bootFiles = [{ platform: 'uefi', hostPath: efi, emulation: 'none', loadSectors: null }] as const
  for (const { name, options, isPartition } of images) {
    await make(name, options.hybrid ? { ...options, bootFiles } : options)
    if (isPartition) writePartition(join(guest.folder, name))
  }
})
afterAll(async () => {
  rmSync(source, { recursive: true, force: true })
  await guest?.stop()
})
const loopDevices = async () => (await guest.run('losetup --list --noheadings')).stdout
/** A test that failed may have left something, which is not to be the next one's. */
afterEach(async () => {
  const mounts = await guest.run('findmnt --noheadings -t iso9660,udf,fuse.fuseiso')
  if (mounts.stdout !== '') await guest.run('isomer unmount --all -q; umount -q /mnt')
  expect(await loopDevices(), 'no loop device is left').toBe('')
})

async function make(name: string, options: Partial<CreateOptions>): Promise<void> {
  const project = {
    version: 1 as const,
    steps: [{ step: 'add' as const, hostPath: source, into: '/', contentsOnly: true }],
    options: { ...defaultCreateOptions, label: name.replace('.iso', ''), ...options },
  }
  await createImage({ project, outPath: join(guest.folder, name), overwrite: false }, quietControl())
}

/** A master boot record with one partition, of an odd type, from the image's first sector to its last. */
function writePartition(image: string): void {
  const fd = openSync(image, 'r+')
  const record = Buffer.alloc(66)
  record[4] = 0x17
  record.writeUInt32LE(fstatSync(fd).size / 512, 12)
  record.writeUInt16LE(0xaa55, 64)
  writeSync(fd, record, 0, record.length, 446)
  closeSync(fd)
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

/** polkitd looks again at once; it is waited for with the answer to the question itself. */
async function setRule(rule: string | null): Promise<void> {
  const file = '/etc/polkit-1/rules.d/50-isomer.rules'
  await guest.run(rule === null ? `rm ${file} && systemctl restart polkit` : `cat > ${file} && systemctl restart polkit`, {
    input: rule ?? '',
  })
  const isAllowed = 'pkcheck --action-id org.freedesktop.udisks2.loop-setup --process $$'
  await guest.run(`until ${rule === null ? '! ' : ''}${isAllowed}; do sleep .5; done`, { user: 'tester' })
}

/** Runs Isomer as if no other programs were installed. */
const withOnly = (programs: readonly string[], command: string, user: GuestUser) =>
  guest.run(
    `mkdir -p /tmp/only-$UID && cd /tmp/only-$UID && rm -f * && ln -s $(type -P node ${programs.join(' ')}) . && PATH=$PWD exec node /isomer/dist/cli.js ${command}`,
    { user },
  )

describe.each([
  ['root', 'root', false],
  ['the user at the screen', 'seat', false],
  ['a user without a seat whom a rule of polkit lets', 'tester', true],
] as const)('%s', (_who, user, rule) => {
  beforeAll(() => (rule ? setRule(RULE) : undefined))
  afterAll(() => (rule ? setRule(null) : undefined))

  it.each(images)('mounts $name read-only, finds the source in it, and leaves no loop device', async ({ name, fileSystem }) => {
    const made = await mount(name, user)
    expect(made).toMatchObject({ method: 'udisks', fileSystem, wasMounted: false })
    expect(await kernelOptions(made.mountPoint)).toEqual(expect.arrayContaining(['ro', 'nosuid', 'nodev']))
    const listing = await guestListing(guest, made.mountPoint, { attributes: false })
    // the plain tree has capitals only, which the kernel shows as small letters
    expect(listing.toLowerCase()).toBe(hostListing(source, { attributes: false }).toLowerCase())
    expect(await guest.run(`isomer unmount '/lab/${name}'`, { user })).toMatchObject({ exitCode: 0, stderr: '' })
    expect(await loopDevices()).toBe('')
  })

  it('mounting twice gives the same mount; a busy one stays, and who uses it is named', async () => {
    const { mountPoint } = await mount('joliet.iso', user)
    await expect(mount('joliet.iso', user)).resolves.toMatchObject({ mountPoint, wasMounted: true })
    expect((await guest.run('isomer mounts', { user })).stdout).toContain(`${mountPoint}  /lab/joliet.iso, since `)
    const sleeper = guest.start(`cd '${mountPoint}' && exec sleep 600`, { user })
    await guest.run(`until fuser -m '${mountPoint}' || pgrep -x sleep; do sleep .2; done`)
    const { exitCode, stderr } = await guest.run('isomer unmount /lab/joliet.iso', { user })
    sleeper.kill('SIGTERM')
    await sleeper.result
    expect(exitCode).toBe(3)
    expect(stderr).toMatch(/is in use by .*sleep \(\d+\).*\nIt is still mounted\./)
    expect(await guest.run('isomer unmount /lab/joliet.iso', { user })).toMatchObject({ exitCode: 0 })
  })
})

it('a user whom the policy refuses is told so when nothing else can mount', async () => {
  const { exitCode, stderr } = await withOnly(['udisksctl'], 'mount /lab/joliet.iso', 'tester')
  expect(exitCode).toBe(3)
  expect(stderr).toContain(
    'The system does not let this user mount ‘/lab/joliet.iso’.\nNothing was mounted.\nOpen or extract it in Isomer instead, install fuseiso,',
  )
})

it('a user is told what to install where nothing is that mounts', async () => {
  const { exitCode, stderr } = await withOnly([], 'mount /lab/joliet.iso', 'tester')
  expect(exitCode).toBe(3)
  expect(stderr).toContain('No program that mounts images is installed.\nNothing was mounted.\nInstall udisks2 or fuseiso')
  expect((await withOnly([], "mount '/lab/udf 2.50.iso'", 'tester')).stderr).toContain(
    'holds UDF only, and no program installed here can mount that',
  )
})

it('a user whom the policy refuses gets the mount through FUSE', async () => {
  await expect(mount('joliet.iso', 'tester')).resolves.toMatchObject({ method: 'fuseiso' })
  expect(await guest.run('isomer unmount /lab/joliet.iso', { user: 'tester' })).toMatchObject({ exitCode: 0 })
})

it('root mounts by the kernel where udisks is missing', async () => {
  const { stdout } = await withOnly(['mount', 'umount'], "mount '/lab/rock ridge.iso' --json", 'root')
  const { mountPoint, method } = JSON.parse(stdout)
  expect(method).toBe('kernel')
  expect(await kernelOptions(mountPoint)).toEqual(expect.arrayContaining(['ro', 'nosuid', 'nodev']))
  expect(await guestListing(guest, mountPoint, { attributes: false })).toBe(hostListing(source, { attributes: false }))
  expect(await guest.run(`isomer unmount '${mountPoint}'`)).toMatchObject({ exitCode: 0 })
})

it('a mount made outside is listed and can be let go', async () => {
  await guest.run('mount -o loop,ro /lab/joliet.iso /mnt')
  expect((await guest.run('isomer mounts')).stdout).toBe('/mnt  /lab/joliet.iso, mounted outside Isomer\n')
  expect(await guest.run('isomer unmount /mnt')).toMatchObject({ exitCode: 0 })
})

it('a damaged image, or none at all, is refused before anything is attached', async () => {
  await guest.run('head -c 40000 /lab/joliet.iso > /lab/cut.iso; head -c 40000 /dev/zero > /lab/none.iso')
  const cut = await guest.run('isomer mount /lab/cut.iso')
  expect(cut).toMatchObject({ exitCode: 4, stderr: expect.stringContaining('/lab/cut.iso is damaged beyond reading.') })
  const none = await guest.run('isomer mount /lab/none.iso')
  expect(none).toMatchObject({ exitCode: 4, stderr: expect.stringContaining('/lab/none.iso is no disc image that Isomer can read') })
})
