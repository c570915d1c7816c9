/** Every command that looks at images, on an image of a disc with two tracks of data and one of sound. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { sha256 } from '../containers/testing/opened-disc.ts'
import { data, rawMode1, sound } from '../containers/testing/sample-disc.ts'
import { scratchFolder } from '../containers/testing/scratch-folder.ts'
import { tinyImage } from '../image/testing/tiny-image.ts'
import { capturedRun } from './testing/captured-run.ts'

vi.mock('node:fs', async (original) => (await import('../bytes/testing/tapped-fs.ts')).tapped(await original()))

const scratch = scratchFolder()
let folder: string
let cue: string

beforeAll(() => {
  folder = mkdtempSync(join(scratch(), 'cli-'))
  cue = join(folder, 'disc.cue')
  writeFileSync(join(folder, 'plain.iso'), data())
  writeFileSync(join(folder, 'disc.bin'), Buffer.concat([rawMode1(data()), sound(8), tinyImage({ joliet: false, rockRidge: false })]))
  const sheet = ['FILE "disc.bin" BINARY', 'TRACK 01 MODE1/2352', 'INDEX 01 00:00:00', 'TRACK 02 AUDIO', 'INDEX 01 00:00:32']
  writeFileSync(cue, [...sheet, 'TRACK 03 MODE1/2048', 'INDEX 01 00:00:40', ''].join('\n'))
})

const json = async (...args: string[]) => JSON.parse((await capturedRun(...args, '--json')).stdout)

describe('an image of a disc', () => {
  it('is told with its tracks', async () => {
    const { stdout, exitCode } = await capturedRun('info', cue)
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^Container +BIN\/CUE$/m)
    expect(stdout).toMatch(/^Disc +3 tracks, 1 session$/m)
    expect(stdout).toMatch(/^Track +1 \(shown\), data, mode 1 in 2352, from sector 0, 32 sectors \(00:00:32\)$/m)
    expect(stdout).toMatch(/^Track +2, audio, from sector 32, 8 sectors \(00:00:08\)$/m)
    expect(await json('info', cue, '--track', '3')).toMatchObject({ container: 'cue', disc: { track: 3, sessions: 1 } })
    expect(await json('info', join(folder, 'plain.iso'))).toMatchObject({ container: 'iso', disc: null })
  })

  it('is listed, shown and taken out like the image in it, by track', async () => {
    const plain = await capturedRun('list', join(folder, 'plain.iso'))
    expect(await capturedRun('list', cue)).toEqual(plain)
    expect((await capturedRun('list', cue, '--track', '3')).stdout).not.toBe(plain.stdout)
    const out = join(folder, 'out')
    await capturedRun('extract', cue, '-o', join(out, 'disc'))
    await capturedRun('extract', join(folder, 'plain.iso'), '-o', join(out, 'plain'))
    expect(readdirSync(join(out, 'disc'), { recursive: true })).toEqual(readdirSync(join(out, 'plain'), { recursive: true }))
    expect((await capturedRun('compare', cue, join(out, 'disc'), '--content-only', '--ignore-links')).exitCode).toBe(0)
    expect((await capturedRun('compare', cue, join(folder, 'plain.iso'))).exitCode).toBe(0)
  })

  it('that has no such track says which it has', async () => {
    for (const command of ['list', 'info']) {
      const { exitCode, stderr } = await capturedRun(command, cue, '--track', '2')
      expect([exitCode, stderr]).toEqual([2, expect.stringContaining('has audio in track 2, no files')])
    }
    expect((await capturedRun('list', join(folder, 'plain.iso'), '--track', '2')).exitCode).toBe(2)
  })

  it('is verified by its sectors', async () => {
    expect((await json('verify', cue)).findings.filter(({ code }: { code: string }) => code.startsWith('sector'))).toEqual([])
  })

  it('is what an edited image is made of, and is left as it was', async () => {
    const before = sha256(readFileSync(join(folder, 'disc.bin')))
    mkdirSync(join(folder, 'new'))
    writeFileSync(join(folder, 'new/added.txt'), 'new\n')
    const edited = await capturedRun('edit', cue, '-o', join(folder, 'edited.iso'), '--add', `${join(folder, 'new/added.txt')}=/added.txt`)
    expect([edited.exitCode, edited.stderr]).toEqual([0, expect.anything()])
    expect((await capturedRun('list', join(folder, 'edited.iso'))).stdout).toContain('added.txt')
    const session = await capturedRun(
      'edit',
      cue,
      '-o',
      join(folder, 'session.iso'),
      '--append-session',
      '--add',
      `${join(folder, 'new/added.txt')}=/added.txt`,
    )
    expect(session.exitCode).toBe(0)
    expect((await capturedRun('list', join(folder, 'session.iso'))).stdout).toContain('added.txt')
    expect(readFileSync(join(folder, 'session.iso')).subarray(32 * 2048 - 2048, 32 * 2048)).toEqual(data().subarray(31 * 2048))
    const over = await capturedRun('edit', cue, '-o', join(folder, 'disc.bin'), '--force', '--label', 'X')
    expect(over.exitCode).toBe(2)
    const inPlace = await capturedRun('edit', cue, '--append-session', '--in-place', '--label', 'X')
    expect(inPlace.exitCode).toBe(2)
    expect(sha256(readFileSync(join(folder, 'disc.bin')))).toBe(before)
  })

  it('is converted, after what is lost was said', async () => {
    const asked = await capturedRun('convert', cue, '-o', join(folder, 'data.iso'))
    expect([asked.exitCode, asked.stderr]).toEqual([2, expect.stringContaining('The 1 track of sound will be missing.')])
    const dry = await json('convert', cue, '-o', join(folder, 'x.wav'), '--dry-run')
    expect(dry).toMatchObject({ title: 'WAV files', files: ['x 02.wav', 'x.cue'] })
    const done = await json('convert', cue, '-o', join(folder, 'song.wav'), '--track', '2')
    expect(done.files).toHaveLength(1)
    expect(done.files[0].contentSha256).toBe(sha256(sound(8)))
  })
})
