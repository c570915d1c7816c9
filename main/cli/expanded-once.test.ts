/** What has to be expanded whole before it can be read is expanded once, however often a command looks at it. */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { sha256 } from '../containers/testing/opened-disc.ts'
import { data } from '../containers/testing/sample-disc.ts'
import { scratchFolder } from '../containers/testing/scratch-folder.ts'
import { PrivateFile } from '../containers/unpack/private-file.ts'
import { quietControl } from '../image/testing/quiet-control.ts'
import { removeView } from '../mounts/mount-view.ts'
import { prepareMount } from '../mounts/prepare-mount.ts'
import { capturedRun } from './testing/captured-run.ts'

vi.mock('node:fs', async (original) => (await import('../bytes/testing/tapped-fs.ts')).tapped(await original()))

const folder = scratchFolder()
const expanded = vi.spyOn(PrivateFile.prototype, 'finish')
const path = (name: string) => join(folder(), name)

const packings = [
  ['image.iso.gz', 'gzip'],
  ['image.iso.xz', 'xz'],
  ['image.iso.bz2', 'bzip2'],
  ['image.iso.zip', 'zip'],
] as const

beforeAll(() => {
  writeFileSync(path('image.iso'), data())
  for (const [name, program] of packings) {
    const out = execFileSync('sh', ['-c', program === 'zip' ? 'zip -q - image.iso' : `${program} -c image.iso`], { cwd: folder() })
    writeFileSync(path(name), out)
  }
})
beforeEach(() => void expanded.mockClear())

/** Blocks of xz are read where they are. */
const times = (name: string) => (name.endsWith('.xz') ? 0 : 1)

it.each(packings)('%s, for convert', async (name) => {
  for (const out of ['iso', 'cso', 'chd']) {
    expanded.mockClear()
    const { exitCode, stdout } = await capturedRun('convert', path(name), '-o', path(`${name}.${out}`), '--json', '--force')
    expect([exitCode, expanded.mock.calls.length]).toEqual([0, times(name)])
    const [file] = JSON.parse(stdout).files
    expect(file.sha256).toBe(sha256(readFileSync(path(`${name}.${out}`))))
    if (out === 'iso') expect(file.contentSha256).toBe(sha256(data()))
  }
})

it.each(packings)('%s, for mounting: how far the copy is told as well', async (name) => {
  const phases = new Set<string>()
  const { viewPath } = await prepareMount(path(name), quietControl({ progress: ({ phase }) => void phases.add(phase) }))
  expect([expanded.mock.calls.length, [...phases]]).toEqual([times(name), times(name) === 1 ? ['expand', 'write'] : ['write']])
  expect(readFileSync(viewPath as string).equals(data())).toBe(true)
  removeView(viewPath as string)
})
