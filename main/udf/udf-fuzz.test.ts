/** Volumes with seeded damage: whatever comes, reading ends, throws nothing and gives no more than the image can hold. */
import { expect, it } from 'vitest'
import { MemoryByteSource } from '../bytes/byte-source.ts'
import { FindingLog } from '../bytes/finding-log.ts'
import { walkView } from '../image/walk-view.ts'
import { openUdf } from './open-udf.ts'
import { type UdfRevisionName, udfRevisions } from './revision.ts'
import { Surgery } from './testing/image-surgery.ts'
import { mutate, randomNumbers, taggedPlaces } from './testing/mutations.ts'
import { directory, file, hardLink, special, symlink } from './testing/sample-tree.ts'
import type { UdfEntry } from './udf-entry.ts'

const IMAGES_EACH = Number(process.env['UDF_FUZZ_IMAGES'] ?? 400)
const MAX_STEPS = 20_000

function image(revision: UdfRevisionName): Buffer {
  const twice = file('twice', 'twice')
  const children = [
    twice,
    hardLink('again', twice),
    symlink('link', '../a/b'),
    special('device', 'block', 8, 1),
    directory('folder', [directory('deeper', [file('名前', Buffer.alloc(5000, 'x'))]), file('empty', '')]),
  ]
  return new Surgery(directory('', children), udfRevisions[revision]).bytes
}

/** Opens, walks and reads a little of everything; gives the number of entries. */
function readAll(bytes: Buffer): number {
  const findings = new FindingLog()
  const volume = openUdf(new MemoryByteSource(bytes), findings)
  if (volume === null) return 0
  const { view } = volume
  const buffer = Buffer.alloc(4096)
  let steps = 0
  for (const { entry } of walkView(view, view.root, '', findings)) {
    if (entry.type === 'file') view.contentSource(entry as UdfEntry).read(0, buffer)
    if (/[/\0]/.test(entry.name) || entry.name === '' || entry.name === '..') throw new Error(`unsafe name ${entry.name}`)
    if (++steps > MAX_STEPS) throw new Error('runaway')
  }
  return steps
}

it.each(['1.02', '2.01', '2.50'] as const)('UDF %s survives', (revision) => {
  const whole = image(revision)
  const places = taggedPlaces(whole)
  expect(readAll(whole)).toBe(8)
  let still = 0
  for (let seed = 1; seed <= IMAGES_EACH; seed++) {
    const bytes = mutate(whole, places, randomNumbers(seed))
    try {
      if (readAll(bytes) > 0) still++
    } catch (error) {
      throw new Error(`seed ${seed}`, { cause: error })
    }
  }
  // Most damage touches one entry only, or what is there twice.
  expect(still).toBeGreaterThan(IMAGES_EACH / 2)
})
