import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { MountMethod } from '../../shared/mounts.ts'
import { type ProblemReport, problemReport } from '../../shared/problem.ts'
import { data, rawMode1 } from '../containers/testing/sample-disc.ts'
import { quietControl } from '../image/testing/quiet-control.ts'
import { type MountAdapter, MountBusy, MountRefused, type RefusalKind } from './mount-adapter.ts'
import { MountLedger } from './mount-ledger.ts'
import { Mounts } from './mounts.ts'
import { prepareMount } from './prepare-mount.ts'
import type { SeenMount } from './seen-mount.ts'

let folder: string
let image: string
let system: SeenMount[]
let lastView = ''
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'isomer-mounts-')))
  image = join(folder, 'disc.iso')
  writeFileSync(image, 'x'.repeat(100))
  system = []
})
afterEach(() => rmSync(folder, { recursive: true }))

const iso = { hasIso9660: true, hasUdf: false, isEmpty: false }
const udf = { hasIso9660: false, hasUdf: true, isEmpty: false }

/** Mounts on the scratch folder itself, which every user may look into. */
function working(method: MountMethod): MountAdapter {
  return {
    method,
    mount: async ({ imagePath }) => {
      system.push({ imagePath, mountPoint: folder, method: 'other', fileSystem: 'iso9660', device: '/dev/loop0', isImageDeleted: false })
      return { mountPoint: `${folder}.`, device: '/dev/loop0', wasMounted: false }
    },
    unmount: async () => {
      system = []
    },
  }
}

function refusing(method: MountMethod, kind: RefusalKind): MountAdapter {
  const refuse = async () => {
    throw new MountRefused(method, kind, `${method} said ${kind}`)
  }
  return { method, mount: refuse, unmount: refuse }
}

function mountsWith(adapters: MountAdapter[], content = iso, isContained = false): Mounts {
  return new Mounts({
    platform: { adapters, list: async () => system, holders: () => [{ processId: 7, name: 'bash' }] },
    ledger: new MountLedger(folder),
    prepare: async (path, control) => {
      if (!isContained) return { label: 'DISC', content, viewPath: null }
      const prepared = await prepareMount(path, control)
      lastView = prepared.viewPath as string
      return prepared
    },
  })
}

const thrown = async (doing: Promise<unknown>): Promise<ProblemReport> => problemReport(await doing.catch((error: unknown) => error))

describe('mounts', () => {
  it('takes the first way that works, notes it, and gives the same mount the second time', async () => {
    const mounts = mountsWith([refusing('udisks', 'forbidden'), working('kernel')])
    const first = await mounts.mount(image, quietControl())
    expect(first).toMatchObject({
      wasMounted: false,
      mount: { mountPoint: folder, method: 'kernel', madeByIsomer: true, imageState: 'same' },
    })
    await expect(mounts.mount(image, quietControl())).resolves.toMatchObject({ wasMounted: true, mount: { mountPoint: folder } })
    expect(system).toHaveLength(1)
  })

  it('mounts a copy of what a container holds, which goes with the mount, however it ends', async () => {
    image = join(folder, 'disc.bin')
    writeFileSync(image, rawMode1(data()))
    const mounts = mountsWith([working('kernel')], iso, true)
    for (const end of ['by us', 'by others']) {
      const { mount } = await mounts.mount(image, quietControl())
      expect(mount).toMatchObject({ imagePath: image, isView: true, imageState: 'same' })
      const view = system[0]?.imagePath as string
      expect(readFileSync(view).equals(data())).toBe(true)
      await expect(mounts.mount(image, quietControl())).resolves.toMatchObject({ wasMounted: true })
      if (end === 'by us') await mounts.unmount(mount)
      else system = []
      expect(await mounts.list()).toEqual([])
      expect(existsSync(dirname(view))).toBe(false)
    }
    await expect(mountsWith([refusing('udisks', 'missing')], iso, true).mount(image, quietControl())).rejects.toThrow()
    expect(existsSync(lastView)).toBe(false)
  })

  it('notices an image that was changed or removed underneath, and mounts the new one beside it', async () => {
    const mounts = mountsWith([working('kernel')])
    await mounts.mount(image, quietControl())
    writeFileSync(image, 'other')
    expect((await mounts.list())[0]).toMatchObject({ imageState: 'changed' })
    await expect(mounts.mount(image, quietControl())).resolves.toMatchObject({ wasMounted: false })
    rmSync(image)
    expect((await mounts.list())[0]).toMatchObject({ imageState: 'gone' })
  })

  it('sees what was mounted elsewhere, and forgets notes of what is gone', async () => {
    const mounts = mountsWith([working('udisks')])
    await mounts.mount(image, quietControl())
    system = [
      { imagePath: '/other.iso', mountPoint: '/mnt', method: 'other', fileSystem: 'udf', device: '/dev/loop3', isImageDeleted: true },
    ]
    await expect(mounts.list()).resolves.toEqual([
      {
        imagePath: '/other.iso',
        mountPoint: '/mnt',
        method: 'other',
        fileSystem: 'udf',
        device: '/dev/loop3',
        sinceMs: null,
        madeByIsomer: false,
        isView: false,
        imageState: 'gone',
      },
    ])
    expect(new MountLedger(folder).all().size).toBe(0)
  })

  it.each([
    [['missing', 'unsuitable', 'missing'], iso, 'mount-tools-missing'],
    [['forbidden', 'unsuitable', 'missing'], iso, 'mount-forbidden'],
    [['missing', 'unsuitable', 'unsuitable'], udf, 'mount-udf-needs-kernel'],
    [['unknown-file-system', 'unsuitable', 'failed'], iso, 'mount-unknown-file-system'],
    [['failed', 'unsuitable', 'missing'], iso, 'mount-failed'],
  ] as const)('says why nothing worked: %j', async (kinds, content, code) => {
    const methods = ['udisks', 'kernel', 'fuseiso'] as const
    const mounts = mountsWith(
      kinds.map((kind, i) => refusing(methods[i] as MountMethod, kind)),
      content,
    )
    const report = await thrown(mounts.mount(image, quietControl()))
    expect(report).toMatchObject({ kind: 'io', code, kept: 'Nothing was mounted.' })
    expect(report.technical).toContain('udisks: udisks said')
  })

  it('names who uses a busy mount, and keeps it', async () => {
    const busy: MountAdapter = {
      ...working('kernel'),
      unmount: async () => {
        throw new MountBusy('target is busy')
      },
    }
    const mounts = mountsWith([busy])
    const { mount } = await mounts.mount(image, quietControl())
    expect(await thrown(mounts.unmount(mount))).toMatchObject({ code: 'mount-busy', message: `‘${folder}’ is in use by bash (7).` })
    expect(new MountLedger(folder).all().size).toBe(1)
  })

  it('says that what is asked for is not mounted, or not there', async () => {
    const mounts = mountsWith([])
    expect(await thrown(mounts.find('/nowhere'))).toMatchObject({ kind: 'usage', code: 'not-mounted' })
    expect(await thrown(mounts.mount(join(folder, 'gone.iso'), quietControl()))).toMatchObject({ kind: 'io' })
  })
})
