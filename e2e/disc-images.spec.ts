/** An image of a disc with data and sound, in the window: its tracks are told, it is converted, and every screen of that is judged. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readlinkSync } from 'node:fs'
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ElectronApplication } from '@playwright/test'
import { writeSlowBzip2 } from '../main/containers/testing/slow-bzip2.ts'
import { BrowseWindow } from './driver/browse-window.ts'
import { answerOpenDialog, answerSaveDialog } from './driver/dialogs.ts'
import { look, schemes, takesPictures, wear } from './driver/look.ts'
import { expect, test } from './fixtures.ts'
import { bootImageIn } from './judges/boot-image.ts'

/** In pictures, a place with a name fit to be seen. */
if (takesPictures)
  test.use({
    dir: async ({}, use) => {
      const home = join(tmpdir(), 'Ana')
      await rm(home, { recursive: true, force: true })
      await mkdir(home)
      await use(home)
      await rm(home, { recursive: true, force: true })
    },
  })

const AUDIO_SECTOR_BYTES = 2352
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** A second and a half of a tone, for each of two tracks. */
function tones(): Buffer {
  const bytes = Buffer.alloc(2 * 112 * AUDIO_SECTOR_BYTES)
  for (let at = 0; at < bytes.length; at += 2) bytes.writeInt16LE(Math.round(8000 * Math.sin(at / 60)), at)
  return bytes
}

async function discIn(dir: string): Promise<{ cuePath: string; imagePath: string }> {
  const { imagePath } = await bootImageIn(dir)
  const disc = join(dir, 'disc')
  await mkdir(disc)
  await copyFile(imagePath, join(disc, 'mixed.bin'))
  await writeFile(join(disc, 'mixed.raw'), tones())
  const sheet = [
    'CATALOG 0724385356926',
    'FILE "mixed.bin" BINARY',
    '  TRACK 01 MODE1/2048',
    '    INDEX 01 00:00:00',
    'FILE "mixed.raw" BINARY',
    '  TRACK 02 AUDIO',
    '    TITLE "First tone"',
    '    INDEX 01 00:00:00',
    '  TRACK 03 AUDIO',
    '    TITLE "Second tone"',
    '    INDEX 01 00:01:37',
  ]
  await writeFile(join(disc, 'mixed.cue'), `${sheet.join('\r\n')}\r\n`)
  return { cuePath: join(disc, 'mixed.cue'), imagePath }
}

test('a CUE sheet opens, its tracks are told, its data become an ISO image and its sound FLAC files', async ({
  app,
  dir,
  isomer,
  page,
}) => {
  test.setTimeout(240_000)
  const { cuePath, imagePath } = await discIn(dir)
  const browse = new BrowseWindow(isomer)
  await browse.open(cuePath)
  await expect(browse.row('docs')).toBeVisible()
  await expect(page.getByRole('list', { name: 'What it is' })).toContainText('BIN/CUE')
  await browse.showTab('Facts')
  const tracks = page.getByRole('list', { name: 'Tracks of the disc' })
  await expect(tracks.getByRole('listitem')).toHaveCount(3)
  await expect(tracks).toContainText('audio · 00:01:37')
  await expect(tracks).toContainText('Second tone')
  await expect(page.getByRole('region', { name: 'Tracks' })).toContainText('mixed.bin, mixed.raw')

  const out = join(dir, 'out')
  await mkdir(out)
  const convert = page.getByRole('button', { name: 'Convert mixed.cue…' })
  const sheet = page.getByRole('dialog', { name: 'Convert' })
  const go = sheet.getByRole('button', { name: 'Choose a place…' })
  await answerSaveDialog(app, join(out, 'mixed.iso'))
  await convert.click()
  await expect(sheet).toContainText('The 2 tracks of sound will be missing.')
  await expect(go).toBeDisabled()
  await sheet.getByText('Go on without that').click()
  await go.click()
  await isomer.lastJobEnded()
  await expect(sheet).toBeHidden()
  expect(sha256(await readFile(join(out, 'mixed.iso')))).toBe(sha256(await readFile(imagePath)))

  await answerSaveDialog(app, join(out, 'songs.flac'))
  await convert.click()
  await sheet.getByText('FLAC files').click()
  await sheet.getByText('Go on without that').click()
  await go.click()
  await isomer.lastJobEnded()
  expect((await readdir(out)).sort()).toEqual(['mixed.iso', 'songs 02.flac', 'songs 03.flac', 'songs.cue'])
  const args = ['-s', '-d', '-c', '--force-raw-format', '--endian=little', '--sign=signed']
  const expanded = ['songs 02.flac', 'songs 03.flac'].map((name) => execFileSync('flac', [...args, join(out, name)]))
  expect(sha256(Buffer.concat(expanded))).toBe(sha256(tones()))
})

async function soundIn(dir: string): Promise<string> {
  const disc = join(dir, 'songs')
  await mkdir(disc)
  await writeFile(join(disc, 'songs.bin'), tones())
  const sheet = [
    'FILE "songs.bin" BINARY',
    '  TRACK 01 AUDIO',
    '    TITLE "First tone"',
    '    INDEX 01 00:00:00',
    '  TRACK 02 AUDIO',
    '    INDEX 01 00:01:37',
  ]
  await writeFile(join(disc, 'songs.cue'), `${sheet.join('\r\n')}\r\n`)
  return join(disc, 'songs.cue')
}

test('an image of sound alone opens as its tracks, and they become WAV files with a CUE sheet', async ({ app, dir, page, isomer }) => {
  const path = await soundIn(dir)
  await answerOpenDialog(app, [path])
  await page.keyboard.press('Control+O')
  const tracks = page.getByRole('list', { name: 'Tracks of the disc' })
  await expect(tracks.getByRole('listitem')).toHaveCount(2)
  await expect(tracks).toContainText('First tone')
  await expect(page.getByRole('list', { name: 'What it is' })).toContainText('2 tracks')
  await expect(page.getByRole('button', { name: 'Edit songs.cue' })).toBeHidden()
  for (const scheme of schemes) {
    await wear(app, page, scheme)
    await look(app, page, 'disc-sound', scheme)
  }

  const out = join(dir, 'out')
  await mkdir(out)
  await answerSaveDialog(app, join(out, 'songs.wav'))
  await page.getByRole('button', { name: 'Convert songs.cue…' }).click()
  const sheet = page.getByRole('dialog', { name: 'Convert' })
  await expect(sheet.getByRole('radio', { name: /WAV files/ })).toBeChecked()
  await expect(sheet).toContainText('Nothing of the image is lost.')
  await expect(sheet).not.toContainText('ISO image')
  await sheet.getByRole('button', { name: 'Choose a place…' }).click()
  await isomer.lastJobEnded()
  await expect(sheet).toBeHidden()
  expect((await readdir(out)).sort()).toEqual(['songs 01.wav', 'songs 02.wav', 'songs.cue'])
  const WAVE_HEAD_BYTES = 44
  const samples = await Promise.all(
    ['songs 01.wav', 'songs 02.wav'].map(async (name) => (await readFile(join(out, name))).subarray(WAVE_HEAD_BYTES)),
  )
  expect(sha256(Buffer.concat(samples))).toBe(sha256(tones()))
})

test('a file that has to be expanded whole says how far it is, and opening it can be cancelled', async ({ app, dir, page, isomer }) => {
  const path = join(dir, 'large.iso.bz2')
  writeSlowBzip2(path)
  await answerOpenDialog(app, [path])
  await page.keyboard.press('Control+O')
  const opening = page.getByRole('region', { name: 'Image large.iso.bz2' })
  await expect(opening).toContainText(/It has to be expanded first: .* of .* so far\./)
  await expect(opening.getByRole('progressbar', { name: 'Opening the image' })).toHaveAttribute('aria-valuenow', /\d/)
  expect(expandedFiles(app)).toHaveLength(1)
  await opening.getByRole('button', { name: 'Cancel' }).click()
  await expect(opening).toBeHidden()
  await expect.poll(() => expandedFiles(app)).toEqual([])

  const { imagePath } = await bootImageIn(dir)
  await new BrowseWindow(isomer).open(imagePath)
})

/** What the app's processes hold open of files without a name that images are expanded into. */
function expandedFiles(app: ElectronApplication): string[] {
  const pids = execFileSync('ps', ['-e', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number) as [number, number])
  const family = new Set([app.process().pid])
  for (let size = 0; size < family.size; ) {
    size = family.size
    for (const [pid, parent] of pids) if (family.has(parent)) family.add(pid)
  }
  return [...family].flatMap((pid) => openFilesOf(pid as number)).filter((path) => /isomer-\d+-[0-9a-f]+\.tmp/.test(path))
}

function openFilesOf(pid: number): string[] {
  const folder = `/proc/${pid}/fd`
  try {
    return readdirSync(folder).map((name) => readlinkSync(join(folder, name)))
  } catch {
    return [] // it has ended meanwhile
  }
}

for (const scheme of schemes)
  test(`the tracks of a disc and the sheet that converts it, ${scheme}`, async ({ app, dir, isomer, page }) => {
    test.setTimeout(240_000)
    const { cuePath } = await discIn(dir)
    await wear(app, page, scheme)
    const browse = new BrowseWindow(isomer)
    await browse.open(cuePath)
    await browse.showTab('Facts')
    await expect(page.getByRole('list', { name: 'Tracks of the disc' })).toBeVisible()
    await look(app, page, 'disc-tracks', scheme)
    await page.getByRole('button', { name: 'Convert mixed.cue…' }).click()
    await expect(page.getByRole('dialog', { name: 'Convert' })).toContainText('will be missing')
    await look(app, page, 'disc-convert', scheme)
  })
