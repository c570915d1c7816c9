/** A session for the place that a disc gives it, in a file that stands for the disc: xorriso finds both sessions in it. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DiscSession } from '../../../shared/drives.ts'
import { defaultCreateOptions, type ImageProject } from '../../../shared/image-project.ts'
import { createImage } from '../../image/create/create-image.ts'
import { quietControl } from '../../image/testing/quiet-control.ts'
import { discOf } from '../testing/fake-drives.ts'
import { AddedSession, forSessions } from './added-session.ts'

/** As on a DVD-R, further than sessions of images are looked for. */
const GAP_SECTORS = 28_672
const SECTOR_BYTES = 2048
const hasXorriso = spawnSync('xorriso', ['-version']).error === undefined

let scratch: string
let disc: string
const sessions: DiscSession[] = []
const projectOf = (name: string, into = '/'): ImageProject =>
  forSessions({
    version: 1,
    steps: [{ step: 'add', hostPath: join(scratch, name), into, contentsOnly: true }],
    options: defaultCreateOptions,
  })

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'isomer-session-'))
  disc = join(scratch, 'disc')
  const files = { 'first/kept.txt': 'kept', 'first/both/one.txt': 'one', 'first/changed.txt': 'old' }
  const later = { 'second/both/two.txt': 'two', 'second/changed.txt': 'new', 'third/three.txt': 'three' }
  for (const [path, text] of Object.entries({ ...files, ...later })) {
    mkdirSync(join(scratch, path, '..'), { recursive: true })
    writeFileSync(join(scratch, path), text)
  }
  await createImage({ project: projectOf('first'), outPath: disc, overwrite: false }, quietControl())
  noteSession(0)
  await add(projectOf('second'))
  await add(projectOf('third', '/added'))
})
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

const discSectors = () => statSync(disc).size / SECTOR_BYTES
const noteSession = (startSector: number) =>
  sessions.push({ number: sessions.length + 1, startSector, sectorCount: discSectors() - startSector, label: null })

async function add(project: ImageProject): Promise<void> {
  const startSector = discSectors() + GAP_SECTORS
  const medium = discOf('DVD-R', { state: 'appendable', sessions })
  const session = await AddedSession.layOut(project, { kind: 'device', path: disc }, medium, startSector, quietControl())
  const pieces: Buffer[] = []
  let plannedBytes = 0
  const request = {
    onPlanned: async (sizeBytes: number) => {
      plannedBytes = sizeBytes
    },
    write: (bytes: Uint8Array) => void pieces.push(Buffer.from(bytes)),
  }
  await session.stream(request, quietControl())
  session.close()
  const bytes = Buffer.concat(pieces)
  expect([session.startSector, session.sizeBytes, plannedBytes]).toEqual([startSector, bytes.length, bytes.length])
  writeFileSync(disc, Buffer.concat([readFileSync(disc), Buffer.alloc(GAP_SECTORS * SECTOR_BYTES), bytes]))
  noteSession(startSector)
}

/** What a session shows, by its beginning. */
function shownBy(startSector: number): Record<string, string> {
  const folder = join(scratch, `shown ${startSector}`)
  const load = ['-load', 'sbsector', String(startSector), '-indev', `stdio:${disc}`]
  execFileSync('xorriso', ['-osirrox', 'on', ...load, '-extract', '/', folder], { stdio: 'pipe' })
  const paths = execFileSync('find', ['.', '-type', 'f', '-printf', '%P\n'], { cwd: folder, encoding: 'utf8' }).trim().split('\n').sort()
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, path), 'utf8')]))
}

describe.skipIf(!hasXorriso)('of three sessions', () => {
  const first = { 'both/one.txt': 'one', 'changed.txt': 'old', 'kept.txt': 'kept' }
  const second = { 'both/one.txt': 'one', 'both/two.txt': 'two', 'changed.txt': 'new', 'kept.txt': 'kept' }

  it.each([
    ['the first is as it was', 0, first],
    ['the second has what is put in besides', 1, second],
    ['the third has everything', 2, { 'added/three.txt': 'three', ...second }],
  ] as const)('%s', (_, index, files) => {
    expect(shownBy(sessions[index]?.startSector ?? -1)).toEqual(files)
  })

  it('what has UDF is refused: its readers would not see the session', async () => {
    const outPath = join(scratch, 'bridge')
    await createImage(
      {
        project: { ...projectOf('first'), options: { ...defaultCreateOptions, fileSystems: ['iso9660', 'joliet', 'udf'] } },
        outPath,
        overwrite: false,
      },
      quietControl(),
    )
    const medium = discOf('DVD-R', {
      sessions: [{ number: 1, startSector: 0, sectorCount: statSync(outPath).size / SECTOR_BYTES, label: null }],
    })
    await expect(
      AddedSession.layOut(projectOf('second'), { kind: 'device', path: outPath }, medium, 40_000, quietControl()),
    ).rejects.toThrow('What is on the disc has a UDF file system')
  })

  it('the old contents are not written again', () => {
    expect(sessions.slice(1).every(({ sectorCount }) => sectorCount < 200)).toBe(true)
  })
})
