/**
 * GNU ddrescue as the judge: on the same bad sectors it recovers the same bytes and ends with the same map, and either
 * program goes on where the other was stopped. `ddrescue -H MAP` reads a good file as if the sectors that MAP calls bad
 * could not be read.
 */
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RipRequest } from '../../../shared/drives.ts'
import { quietControl } from '../../image/testing/quiet-control.ts'
import { ScratchedDisc, type Scratches } from '../testing/scratched-disc.ts'
import { formatMapfile, parseMapfile } from './mapfile.ts'
import { RescueMap } from './rescue-map.ts'
import { ripMedium } from './rip-disc.ts'

const SECTOR = 2048
const SECTORS = 6000
const content = Buffer.alloc(SECTORS * SECTOR)
for (let at = 0; at < content.length; at += 4) content.writeUInt32LE((at * 2654435761) % 2 ** 32, at)

let scratch: string
let goodPath: string
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'isomer-ddrescue-'))
  goodPath = join(scratch, 'good.bin')
  writeFileSync(goodPath, content)
})
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => first + i)
const damages: [string, number[]][] = [
  ['a single sector', [1000]],
  ['runs', [...range(500, 503), ...range(3000, 3200)]],
  ['the start', range(0, 20)],
  // Not the very last: behind the last good sector ddrescue's test mode plays the end of a file.
  ['the end', range(5980, 5998)],
  ['scattered sectors', range(0, 5999).filter((sector) => (sector * 7919) % 1009 < 9)],
  ['half of it', range(1500, 4499)],
]

function ddrescue(bad: readonly number[], name: string, ...options: string[]) {
  const testMap = RescueMap.untried(content.length)
  testMap.mark(0, content.length, 'finished')
  for (const sector of bad) testMap.mark(sector * SECTOR, (sector + 1) * SECTOR, 'bad-sector')
  const position = { phase: 'finished', pass: 1, positionBytes: 0 } as const
  const testMapPath = join(scratch, 'test.map')
  writeFileSync(testMapPath, formatMapfile({ map: testMap, position }, 'a test', 0, 0))
  const paths = { image: join(scratch, `${name}.iso`), map: join(scratch, `${name}.iso.map`) }
  const { status, stderr } = spawnSync(
    'ddrescue',
    ['-q', '-b', `${SECTOR}`, '-H', testMapPath, ...options, goodPath, paths.image, paths.map],
    {
      encoding: 'utf8',
    },
  )
  expect([status, stderr]).toEqual([0, ''])
  return paths
}

function isomer(name: string, scratches: Scratches, changes: Partial<RipRequest> = {}) {
  const source = new ScratchedDisc(content, scratches)
  const outPath = join(scratch, `${name}.iso`)
  const request: RipRequest = {
    drive: 'test',
    outPath,
    mapPath: `${outPath}.map`,
    retries: 0,
    resume: false,
    overwrite: true,
    verify: false,
    whole: true,
    fillUnread: false,
    ...changes,
  }
  return ripMedium({ source, isOverwritable: false }, request, quietControl(), source.nowMs)
}

const blocksOf = (mapPath: string) => [...parseMapfile(readFileSync(mapPath, 'latin1')).map.blocks()]
const paths = (name: string) => ({ image: join(scratch, `${name}.iso`), map: join(scratch, `${name}.iso.map`) })
function forget(name: string): void {
  for (const path of Object.values(paths(name))) rmSync(path, { force: true })
}

describe.each(damages)('with %s unreadable', (_what, bad) => {
  it('recovers what ddrescue recovers, and ends with its map', async () => {
    forget('theirs')
    const theirs = ddrescue(bad, 'theirs', '-r1')
    await isomer('ours', { bad }, { retries: 1 })
    expect(blocksOf(paths('ours').map)).toEqual(blocksOf(theirs.map))
    expect(readFileSync(paths('ours').image).equals(readFileSync(theirs.image))).toBe(true)
    const judged = spawnSync('ddrescuelog', ['-p', theirs.map, paths('ours').map], { encoding: 'utf8' })
    expect([judged.status, judged.stderr]).toEqual([0, ''])
  })

  it('is continued by ddrescue where Isomer stopped', async () => {
    for (const goneAtRead of [30, 70, 110]) {
      await isomer('handed', { bad, goneAtRead }).catch(() => 'as it should')
      copyFileSync(`${paths('handed').image}.partial`, paths('handed').image)
      const { map, image } = ddrescue(bad, 'handed')
      await isomer('whole', { bad })
      expect(blocksOf(map)).toEqual(blocksOf(paths('whole').map))
      expect(readFileSync(image).equals(readFileSync(paths('whole').image))).toBe(true)
    }
  })

  it('is continued by Isomer where ddrescue stopped', async () => {
    const whole = await isomer('whole', { bad })
    // Stopped in its first pass, before trimming, before scraping, and with the small sectors that it reads by default.
    for (const options of [['--cpass=1', '-N', '-n', '-s', '8Mi'], ['-N', '-n'], ['-n'], ['-b', '512', '-N', '-n']]) {
      forget('taken')
      ddrescue(bad, 'taken', ...options)
      const result = await isomer('taken', { bad }, { resume: true })
      expect(result.sha256).toBe(whole.sha256)
      expect(blocksOf(paths('taken').map)).toEqual(blocksOf(paths('whole').map))
    }
  })
})
