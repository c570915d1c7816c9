import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { defaultCreateOptions } from '../../shared/image-project.ts'
import type { JobSpec } from '../../shared/job.ts'
import { needsDrive, possessionsOf } from './possessions.ts'
import { spinningDiskOf, spinningDiskOfDevice } from './spinning-disk.ts'

const onDisk = (path: string) => (path.startsWith('/archive') ? 'disk 8:0' : null)
const create = (source: string, outPath: string): JobSpec => ({
  kind: 'create',
  project: { version: 1, steps: [{ step: 'add', hostPath: source, into: '/', contentsOnly: true }], options: defaultCreateOptions },
  outPath,
  overwrite: false,
})

describe('what only one job at a time may have', () => {
  it('is the file it writes, and the spinning disks it works on', () => {
    expect(possessionsOf(create('/home/photos', '/home/a.iso'), onDisk)).toEqual(['/home/a.iso'])
    expect(possessionsOf(create('/archive/photos', '/home/a.iso'), onDisk)).toEqual(['/home/a.iso', 'disk 8:0'])
    expect(possessionsOf(create('/archive/photos', '/archive/a.iso'), onDisk)).toEqual(['/archive/a.iso', 'disk 8:0'])
  })

  it('is the drive, and the disk that feeds it', () => {
    const burn = { drive: '/dev/sr0', speedTimes: null, simulate: false, erase: false, verify: true, eject: true, force: false, copies: 1 }
    const spec: JobSpec = { kind: 'burn', source: { kind: 'image', path: '/archive/a.iso' }, ...burn }
    expect(possessionsOf(spec, onDisk)).toEqual(['/dev/sr0', 'disk 8:0'])
    expect(needsDrive(spec)).toBe(true)
  })
})

describe('disks with moving heads', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'isomer-blocks-'))
    for (const [numbers, rotational] of [
      ['8:0', '1'],
      ['259:0', '0'],
    ] as const) {
      mkdirSync(join(folder, numbers, 'queue'), { recursive: true })
      writeFileSync(join(folder, numbers, 'queue/rotational'), `${rotational}\n`)
      writeFileSync(join(folder, numbers, 'dev'), `${numbers}\n`)
    }
    mkdirSync(join(folder, '8:0', 'sda1'))
    writeFileSync(join(folder, '8:0', 'sda1/partition'), '1\n')
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('are told from what the kernel says, for a partition by the disk it is on', () => {
    expect(spinningDiskOfDevice('8:0', folder)).toBe('disk 8:0')
    expect(spinningDiskOfDevice('8:0/sda1', folder)).toBe('disk 8:0')
    expect(spinningDiskOfDevice('259:0', folder)).toBeNull()
    expect(spinningDiskOfDevice('0:42', folder)).toBeNull()
  })

  it('are not guessed at where nothing tells', () => {
    expect(spinningDiskOf('/no/such/place', 'darwin')).toBeNull()
    expect(spinningDiskOf(join(folder, 'not/there/yet'), 'linux', join(folder, 'nothing'))).toBeNull()
  })
})
