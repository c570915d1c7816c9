/** The real thing, where this machine has FUSE: what fuseiso and archivemount show is what the image was made of. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { rawMode1 } from '../../containers/testing/sample-disc.ts'
import { quietControl } from '../../image/testing/quiet-control.ts'
import { MountFolders } from '../mount-folders.ts'
import { MountLedger } from '../mount-ledger.ts'
import { Mounts } from '../mounts.ts'
import { prepareMount } from '../prepare-mount.ts'
import { runProgram } from '../run-program.ts'
import { FuseAdapter, type FuseProgram } from './fuse.ts'
import { holdersOf } from './holders.ts'
import { linuxMounts } from './mount-table.ts'

function hasFuse(): boolean {
  try {
    accessSync('/dev/fuse', constants.R_OK | constants.W_OK)
    return spawnSync('fuseiso', ['-h']).error === undefined && spawnSync('archivemount', ['-h']).error === undefined
  } catch {
    return false
  }
}

let folder: string
let image: string
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'isomer-fuse-')))
  mkdirSync(join(folder, 'source/sub folder'), { recursive: true })
  writeFileSync(join(folder, 'source/hello.txt'), 'hello')
  writeFileSync(join(folder, 'source/sub folder/\u65e5\u672c.bin'), Buffer.alloc(100_000, 7))
  image = join(folder, 'a disc.iso')
  spawnSync('xorriso', ['-as', 'mkisofs', '-quiet', '-J', '-R', '-V', 'MY DISC', '-o', image, join(folder, 'source')])
})
afterEach(() => {
  for (const { mountPoint } of linuxMounts()) if (mountPoint.startsWith(folder)) spawnSync('umount', ['-l', mountPoint])
  rmSync(folder, { recursive: true })
})

function mountsBy(program: FuseProgram): Mounts {
  const home = join(folder, 'home')
  const adapters = [new FuseAdapter(program, runProgram, new MountFolders(home))]
  return new Mounts({
    platform: { adapters, list: async () => linuxMounts(), holders: holdersOf },
    ledger: new MountLedger(home),
    prepare: prepareMount,
  })
}

describe.skipIf(process.platform !== 'linux' || !hasFuse())('mounting by FUSE', () => {
  it.each(['fuseiso', 'archivemount'] as const)('%s shows names and contents, read-only, and leaves nothing behind', async (program) => {
    const mounts = mountsBy(program)
    const { mount } = await mounts.mount(image, quietControl())
    expect(mount).toMatchObject({
      imagePath: image,
      mountPoint: join(folder, 'home/MY DISC'),
      method: program,
      fileSystem: `fuse.${program}`,
    })
    expect(readdirSync(mount.mountPoint).sort()).toEqual(['hello.txt', 'sub folder'])
    expect(readFileSync(join(mount.mountPoint, 'sub folder/\u65e5\u672c.bin')).equals(Buffer.alloc(100_000, 7))).toBe(true)
    expect(() => writeFileSync(join(mount.mountPoint, 'new'), '')).toThrow()
    await expect(mounts.mount(image, quietControl())).resolves.toMatchObject({ wasMounted: true })
    await mounts.unmount(mount)
    expect(existsSync(mount.mountPoint)).toBe(false)
    expect((await mounts.list()).filter(({ imagePath }) => imagePath === image)).toEqual([])
  })

  it('shows what is in a BIN/CUE, from a copy that goes when it is let go', async () => {
    const disc = join(folder, 'disc.bin')
    writeFileSync(disc, rawMode1(readFileSync(image)))
    writeFileSync(join(folder, 'disc.cue'), 'FILE "disc.bin" BINARY\nTRACK 01 MODE1/2352\nINDEX 01 00:00:00\n')
    const mounts = mountsBy('fuseiso')
    const { mount } = await mounts.mount(join(folder, 'disc.cue'), quietControl())
    expect(mount).toMatchObject({ imagePath: join(folder, 'disc.cue'), isView: true })
    expect(readdirSync(mount.mountPoint).sort()).toEqual(['hello.txt', 'sub folder'])
    await mounts.unmount(mount)
    expect((await mounts.list()).filter(({ isView }) => isView)).toEqual([])
  })

  it('sees what was mounted without Isomer, and lets it go', async () => {
    const place = join(folder, 'elsewhere')
    mkdirSync(place)
    spawnSync('fuseiso', ['-n', image, place])
    const mounts = mountsBy('fuseiso')
    const [mount] = await mounts.find(place)
    expect(mount).toMatchObject({ imagePath: image, madeByIsomer: false, sinceMs: null, imageState: 'unknown' })
    await mounts.unmount(mount as NonNullable<typeof mount>)
    expect(existsSync(place)).toBe(true)
    expect(readdirSync(place)).toEqual([])
  })

  it('names the program that uses a mount', async () => {
    const mounts = mountsBy('fuseiso')
    const { mount } = await mounts.mount(image, quietControl())
    const user = spawn('sleep', ['60'], { cwd: mount.mountPoint })
    await once(user, 'spawn')
    try {
      await expect(mounts.unmount(mount)).rejects.toMatchObject({
        report: { code: 'mount-busy', message: expect.stringContaining(`sleep (${user.pid})`) },
      })
    } finally {
      user.kill()
      await once(user, 'exit')
    }
    await mounts.unmount(mount)
  })

  it('says that nothing here mounts an image of UDF alone', async () => {
    const udf = join(folder, 'udf.img')
    writeFileSync(udf, '')
    spawnSync('truncate', ['-s', '20M', udf])
    spawnSync('mkudffs', ['-b', '2048', udf])
    await expect(mountsBy('fuseiso').mount(udf, quietControl())).rejects.toMatchObject({ report: { code: 'mount-udf-needs-kernel' } })
  })
})
