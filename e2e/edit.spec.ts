/** Changing what is in an image, in the window; other programs say what came of it. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { BrowseWindow } from './driver/browse-window.ts'
import { answerMessageBox, answerOpenDialog } from './driver/dialogs.ts'
import { dropOn } from './driver/drop.ts'
import { expect, test } from './fixtures.ts'
import { bootImageIn } from './judges/boot-image.ts'
import { type FileFacts, filesIn } from './judges/file-tree.ts'

const SECTOR_BYTES = 2048
const DESCRIPTORS_END = 20 * SECTOR_BYTES
/** genisoimage's own. */
const PADDING_BYTES = 150 * SECTOR_BYTES

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const factsOf = (bytes: Uint8Array): FileFacts => ({ sizeBytes: bytes.length, sha256: sha256(bytes) })

/** How an image starts computers, as xorriso tells it, without places. */
function bootReport(imagePath: string): string[] {
  const report = execFileSync('xorriso', ['-indev', imagePath, '-report_el_torito', 'plain', '-report_system_area', 'plain'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  return report
    .split('\n')
    .filter((line) => /^(El Torito boot img|El Torito img path|System area summary|MBR partition)/.test(line))
    .map((line) => line.replace(/\s+\d+$/, '').replace(/0x[0-9a-f]{8}.*$/, ''))
}

/** What other programs take out of an image's folder of documents. */
async function docsByOthers(imagePath: string, scratch: string): Promise<Record<string, Record<string, FileFacts>>> {
  const found: Record<string, Record<string, FileFacts>> = {}
  const run = (program: string, args: (folder: string) => string[]) => {
    const folder = join(scratch, `${basename(imagePath)} by ${program}`)
    mkdirSync(folder)
    execFileSync(program, args(folder), { env: { ...process.env, LC_ALL: 'C.UTF-8' }, stdio: 'ignore' })
    return filesIn(join(folder, 'docs'))
  }
  found['xorriso'] = await run('xorriso', (folder) => ['-osirrox', 'on', '-indev', imagePath, '-extract', '/docs', join(folder, 'docs')])
  found['7z'] = await run('7z', (folder) => ['x', '-bd', '-y', `-o${folder}`, imagePath, 'docs'])
  found['bsdtar'] = await run('bsdtar', (folder) => ['-x', '-f', imagePath, '-C', folder, 'docs'])
  return found
}

test('a file of a boot image is replaced and others are added, moved and taken out; the result starts as before', async ({
  app,
  dir,
  isomer,
  page,
}) => {
  test.setTimeout(120_000)
  const { imagePath, tree } = await bootImageIn(dir)
  const before = await readFile(imagePath)
  const letter = join(dir, 'Köln.txt')
  await writeFile(letter, 'A new letter.\n')
  await mkdir(join(dir, 'Extras/deep'), { recursive: true })
  await writeFile(join(dir, 'Extras/deep/one.txt'), 'one\n')
  const browse = new BrowseWindow(isomer)
  await browse.open(imagePath)
  await browse.search('koln')
  await browse.row('Köln.txt').click()
  await browse.edit()

  await test.step('it begins where the file is', async () => {
    await expect(browse.folder.getByRole('button', { name: 'letters' })).toHaveAttribute('aria-current', 'location')
    await expect(browse.row('Köln.txt')).toHaveAttribute('aria-selected', 'true')
    await expect(browse.changes).toContainText('No changes yet')
    await expect(browse.saveButton).toBeDisabled()
  })

  await test.step('a drop replaces the file of its name', async () => {
    await dropOn(page, browse.list, [letter])
    await expect(browse.row('Köln.txt')).toContainText('replaced')
  })

  await test.step('a folder is added, a file moved by dragging, another renamed and one taken out', async () => {
    await browse.folder.getByRole('button', { name: 'docs' }).click()
    await expect(browse.row('letters')).toContainText('changed')
    await answerOpenDialog(app, [join(dir, 'Extras')])
    await page.getByRole('button', { name: 'Add folder' }).click()
    await expect(browse.row('Extras')).toContainText('new')
    await browse.row('note 2.txt').dragTo(browse.row('Extras'))
    await expect(browse.row('note 2.txt')).toBeHidden()
    await browse.row('note 3.txt').click()
    await page.keyboard.press('F2')
    await page.keyboard.type('third')
    await page.keyboard.press('Enter')
    await expect(browse.row('third.txt')).toContainText('was /docs/note 3.txt')
    await page.keyboard.type('note 4')
    await expect(browse.row('note 4.txt')).toHaveAttribute('aria-selected', 'true')
    await page.keyboard.press('Delete')
    await expect(browse.row('note 4.txt')).toContainText('taken out')
  })

  await test.step('what comes of it is said before', async () => {
    await page.getByLabel('Label').fill('R'.repeat(300))
    await expect(browse.saveButton).toBeDisabled()
    await page.getByLabel('Label').fill('RESCUE 13')
    const outcome = browse.changes.getByRole('list', { name: 'What saving comes to' })
    await expect(outcome).toContainText('Still starts computers: BIOS + UEFI, from a stick too')
    await expect(browse.changes.getByRole('list', { name: 'Changes, the latest first' }).getByRole('listitem')).toHaveCount(5)
  })

  const outPath = join(dir, 'rescue-13.iso')
  await test.step('it is saved, and the old image is as it was', async () => {
    await browse.saveAs(outPath)
    expect(before.equals(await readFile(imagePath))).toBe(true)
    const expected = await filesIn(join(tree, 'docs'))
    const moved = expected['/note 2.txt'] as FileFacts
    const renamed = expected['/note 3.txt'] as FileFacts
    for (const gone of ['/note 2.txt', '/note 3.txt', '/note 4.txt']) delete expected[gone]
    Object.assign(expected, {
      '/letters/Köln.txt': factsOf(Buffer.from('A new letter.\n')),
      '/Extras/deep/one.txt': factsOf(Buffer.from('one\n')),
      '/Extras/note 2.txt': moved,
      '/third.txt': renamed,
    })
    const found = await docsByOthers(outPath, dir)
    expect(found['xorriso'], 'xorriso').toEqual(expected)
    expect(found['bsdtar'], 'bsdtar').toEqual(expected)
    // 7-Zip shows Joliet, where grub-mkrescue left the umlaut out: a file that takes another's place has its names.
    const { '/letters/Köln.txt': replaced, ...others } = expected
    expect(found['7z'], '7-Zip').toEqual({ ...others, '/letters/K__ln.txt': replaced })
    expect(bootReport(outPath)).toEqual(bootReport(imagePath))
    expect(execFileSync('isoinfo', ['-d', '-i', outPath], { encoding: 'utf8' })).toContain('Volume id: RESCUE 13')
  })

  await test.step('it is opened and compared with the old one', async () => {
    await browse.changes.getByRole('button', { name: 'Open it' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'RESCUE 13' })).toBeVisible()
    await expect(page.getByRole('list', { name: 'What it is' })).toContainText('boots BIOS + UEFI · hybrid')
    await page.getByRole('button', { name: 'More' }).click()
    await page.getByRole('menuitem', { name: /^Compare/ }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'RESCUE 12' }).click()
    const differences = page.getByRole('grid', { name: 'Differences' })
    await expect(differences.getByRole('row').filter({ hasText: 'third.txt' })).toContainText('Moved')
    await expect(differences.getByRole('row').filter({ hasText: 'note 4.txt' })).toBeVisible()
    await expect(differences.getByRole('row').filter({ hasText: 'Köln.txt' })).toContainText('Changed')
  })
})

test('everything is changed by keyboard alone, taken back in any order, and leaving asks', async ({ dir, isomer, page }) => {
  test.setTimeout(120_000)
  const { imagePath } = await bootImageIn(dir)
  const browse = new BrowseWindow(isomer)
  await browse.open(imagePath)
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key)
  }

  await test.step('F2 in the list begins the edit with the name', async () => {
    await browse.list.focus()
    await page.keyboard.type('pict')
    await expect(browse.row('pictures')).toHaveAttribute('aria-selected', 'true')
    await press('F2')
    await expect(page.getByLabel('New name of pictures')).toBeFocused()
    await page.keyboard.type('docs')
    await expect(page.getByText('Something here has that name already.')).toBeVisible()
    await press('Control+A')
    await page.keyboard.type('images')
    await press('Enter')
    await expect(browse.row('images')).toContainText('was /pictures')
    await expect(browse.list).toBeFocused()
  })

  await test.step('a folder is made, and something moved into it', async () => {
    await press('Control+Shift+N')
    await expect(page.getByLabel('New name of New folder')).toBeFocused()
    await page.keyboard.type('archive')
    await press('Enter')
    await expect(browse.row('archive')).toContainText('new')
    await page.keyboard.type('install')
    await expect(browse.row('install')).toHaveAttribute('aria-selected', 'true')
    await press('Control+X')
    await page.keyboard.type('archive')
    await expect(browse.row('archive')).toHaveAttribute('aria-selected', 'true')
    await press('Enter')
    await expect(page.getByText('This folder is empty.')).toBeVisible()
    await page.getByRole('button', { name: 'Paste here' }).press('Enter')
    await expect(browse.row('install')).toContainText('was /install')
    await browse.list.focus()
    await press('Backspace')
    await expect(browse.row('archive')).toHaveAttribute('aria-selected', 'true')
  })

  const changes = browse.changes.getByRole('list', { name: 'Changes, the latest first' }).getByRole('listitem')
  await test.step('undo and redo, and any change taken back', async () => {
    await page.keyboard.type('docs')
    await expect(browse.row('docs')).toHaveAttribute('aria-selected', 'true')
    await press('Delete')
    await expect(browse.row('docs')).toContainText('taken out')
    await expect(changes).toHaveCount(5) // a new folder gets its name by a renaming
    await press('Control+Z')
    await expect(browse.row('docs')).not.toContainText('taken out')
    await press('Control+Shift+Z')
    await expect(browse.row('docs')).toContainText('taken out')
    await press('Shift+F10')
    await page.getByRole('menuitem', { name: 'Put back' }).press('Enter')
    await expect(browse.row('docs')).not.toContainText('taken out')
    await page.getByRole('button', { name: 'Take back: New folder New folder' }).press('Enter')
    await expect(page.getByText('A later change builds on this one.')).toBeVisible()
    await page.getByRole('button', { name: 'Take back: Renamed pictures' }).press('Enter')
    await expect(browse.row('pictures')).toBeVisible()
    await expect(changes).toHaveCount(3)
  })

  await test.step('leaving asks, and forgets only when told to', async () => {
    await press('Control+W')
    await expect(page.getByRole('dialog')).toContainText('3 changes are not saved. The image file stays as it is.')
    await press('Escape')
    await page.getByRole('button', { name: 'Stop editing' }).press('Enter')
    await page.getByRole('button', { name: 'Keep editing' }).press('Enter')
    await expect(browse.row('archive')).toBeVisible()
    await page.getByRole('button', { name: 'Stop editing' }).press('Enter')
    await page.getByRole('button', { name: 'Forget them' }).press('Enter')
    await expect(browse.changes).toBeHidden()
    await expect(browse.row('install')).toBeVisible()
  })
})

test('changes are added as sessions: behind a copy, then to that image itself once somebody said so; quitting asks', async ({
  app,
  dir,
  isomer,
  page,
}) => {
  test.setTimeout(120_000)
  const source = join(dir, 'source')
  await mkdir(source)
  await writeFile(join(source, 'first.txt'), 'first\n')
  const imagePath = join(dir, 'disc.iso')
  execFileSync('genisoimage', ['-quiet', '-J', '-R', '-V', 'DISC', '-o', imagePath, source])
  const before = await readFile(imagePath)
  await writeFile(join(dir, 'second.txt'), 'second\n')
  await writeFile(join(dir, 'third.txt'), 'third\n')
  const names = (path: string) => execFileSync('xorriso', ['-indev', path, '-find', '/', '-type', 'f'], { encoding: 'utf8', stdio: 'pipe' })
  const browse = new BrowseWindow(isomer)
  await browse.open(imagePath)
  await browse.edit()

  const copyPath = join(dir, 'disc (edited).iso')
  await test.step('behind a copy', async () => {
    await dropOn(page, browse.list, [join(dir, 'second.txt')])
    await browse.changes.getByText('A copy with a new session').click()
    await expect(browse.changes).toContainText('of it the new session')
    await browse.saveAs(copyPath)
    expect(before.equals(await readFile(imagePath))).toBe(true)
    const copy = await readFile(copyPath)
    // Descriptors lead to the new session, and it begins in what was padding; all between is as it was.
    const between = [DESCRIPTORS_END, before.length - PADDING_BYTES] as const
    expect(copy.subarray(...between).equals(before.subarray(...between))).toBe(true)
    expect(names(copyPath)).toContain('second.txt')
  })

  await test.step('in the image itself', async () => {
    await browse.changes.getByRole('button', { name: 'Open it' }).click()
    await expect(page.getByRole('list', { name: 'What it is' })).toContainText('session 2 of 2')
    await browse.edit()
    await dropOn(page, browse.list, [join(dir, 'third.txt')])
    await browse.changes.getByText('A new session in this image').click()
    await expect(browse.saveButton).toBeEnabled()
    await page.keyboard.press('Control+S')
    await expect(page.getByRole('dialog')).toContainText('All that it holds now stays in it')
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
    expect(names(copyPath)).not.toContain('third.txt')
    await page.keyboard.press('Control+S')
    await page.getByRole('button', { name: 'Add the session', exact: true }).click()
    await expect(browse.changes.getByText('Saved')).toBeVisible({ timeout: 30_000 })
    expect(names(copyPath)).toContain('third.txt')
    await browse.changes.getByRole('button', { name: 'Read it anew' }).click()
    await expect(page.getByRole('list', { name: 'What it is' })).toContainText('session 3 of 3')
    await expect(browse.row('third.txt')).toBeVisible()
  })

  await test.step('quitting with changes asks', async () => {
    await browse.row('third.txt').click()
    await page.keyboard.press('Delete')
    await expect(browse.row('third.txt')).toContainText('taken out')
    await answerMessageBox(app, 'Keep Editing')
    await app.evaluate(({ app: electronApp }) => electronApp.quit())
    await expect(browse.row('third.txt')).toBeVisible()
    await answerMessageBox(app, 'Quit Without Saving')
    const isClosed = app.waitForEvent('close')
    await app.evaluate(({ app: electronApp }) => electronApp.quit())
    await isClosed
  })
})
