/** A file beyond 4 GiB takes several directory records; every reader must put it together again. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, openSync, rmSync, statfsSync, truncateSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { defaultCreateOptions } from '../../../shared/image-project.ts'
import { bsdtar, fileSha256, sevenZip, xorriso } from '../testing/foreign-readers.ts'
import { quietControl } from '../testing/quiet-control.ts'
import { createImage } from './create-image.ts'

const SIZE_BYTES = 5 * 2 ** 30
const NEEDED_BYTES = SIZE_BYTES + 2 ** 30

const facts = statfsSync(tmpdir())
const hasRoom = facts.bavail * facts.bsize > NEEDED_BYTES

describe.skipIf(!hasRoom)('a sparse file of 5 GiB beside small ones', () => {
  let scratch: string
  let image: string
  let large: string
  beforeAll(async () => {
    scratch = mkdtempSync(join(tmpdir(), 'isomer-large-'))
    const source = join(scratch, 'source')
    image = join(scratch, 'image.iso')
    large = join(source, 'large.bin')
    mkdirSync(source)
    writeFileSync(join(source, 'before.txt'), 'before')
    writeFileSync(join(source, 'zebra.txt'), 'after')
    writeFileSync(large, 'start')
    truncateSync(large, SIZE_BYTES)
    // Marks on both sides of where the first record ends.
    const fd = openSync(large, 'r+')
    for (const at of [2 ** 32 - 2049, 2 ** 32 - 2048, 2 ** 32, SIZE_BYTES - 5]) writeSync(fd, `@${at}`.slice(0, 5), at)
    const project = {
      version: 1,
      steps: [{ step: 'add', hostPath: source, into: '/', contentsOnly: true }],
      options: { ...defaultCreateOptions, sha256: false },
    } as const
    await createImage({ project, outPath: image, overwrite: false }, quietControl())
  }, 600_000)
  afterAll(() => rmSync(scratch, { recursive: true, force: true }))

  it.each([xorriso, bsdtar, sevenZip])('$name lists it with its whole size', (reader) => {
    expect(new Map([...reader.list(image)].sort())).toEqual(
      new Map([
        ['/before.txt', 6],
        ['/large.bin', SIZE_BYTES],
        ['/zebra.txt', 5],
      ]),
    )
  })

  it.each<[string, string]>([
    ['bsdtar', 'bsdtar -xOf "$IMAGE" large.bin'],
    ['7z', '7z e -so "$IMAGE" large.bin'],
  ])(
    '%s gives back its bytes',
    (_name, command) => {
      const piped = spawnSync('sh', ['-c', `${command} | openssl dgst -sha256 -r`], {
        encoding: 'utf8',
        env: { ...process.env, IMAGE: image },
      })
      expect(piped.stdout.slice(0, 64)).toBe(fileSha256(large))
    },
    600_000,
  )
})
