/** Changing what is in an image, in the window; other programs say what came of it. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { BrowseWindow } from './driver/browse-window.ts'
import { answerOpenDialog } from './driver/dialogs.ts'
import { dropOn } from './driver/drop.ts'
import { expect, test } from './fixtures.ts'
import { bootImageIn } from './judges/boot-image.ts'
import { type FileFacts, filesIn } from './judges/file-tree.ts'

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
  test.setTimeout(180_000)
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
    await page.getByLabel('Label').fill('RESCUE 13')
    const outcome = browse.changes.getByRole('list', { name: 'What saving comes to' })
    await expect(outcome).toContainText('Still starts computers: BIOS + UEFI, from a stick too')
    await expect(browse.changes.getByRole('list', { name: 'Changes, the latest first' }).getByRole('listitem')).toHaveCount(5)
  })

  const outPath = join(dir, 'rescue-13.iso')
  await test.step('it is saved, and the old image is as it was', async () => {
    await browse.saveAs(outPath)
    expect(await readFile(imagePath)).toEqual(before)
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
    for (const [name, found] of Object.entries(await docsByOthers(outPath, dir))) expect(found, name).toEqual(expected)
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
