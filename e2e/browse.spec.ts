/** Looking into images: folders, search, previews, extraction, as people do it; other programs say whether it is right. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { BrowseWindow } from './driver/browse-window.ts'
import { answerOpenDialog } from './driver/dialogs.ts'
import { launch } from './driver/launch.ts'
import { expect, test } from './fixtures.ts'
import { bootImageIn, NOTES } from './judges/boot-image.ts'
import { filesIn } from './judges/file-tree.ts'

/** Takes what goes to the clipboard, which is the whole system's. */
async function watchClipboard(browse: BrowseWindow): Promise<void> {
  await browse.isomer.app.evaluate(({ clipboard }) => {
    clipboard.writeText = async (text: string) => void Object.assign(globalThis, { copied: text })
  })
}
const clipboard = (browse: BrowseWindow) => browse.isomer.app.evaluate(() => (globalThis as unknown as { copied?: string }).copied)

test('a file of a boot image is found by typing, looked at, and taken out as xorriso takes it out', async ({ app, dir, isomer, page }) => {
  const { imagePath, tree } = await bootImageIn(dir)
  const browse = new BrowseWindow(isomer)
  await watchClipboard(browse)
  await browse.open(imagePath)

  await test.step('what the image is', async () => {
    await expect(page.getByRole('heading', { level: 1, name: 'RESCUE 12' })).toBeVisible()
    const facts = page.getByRole('list', { name: 'What it is' })
    await expect(facts).toContainText('boots BIOS + UEFI · hybrid')
    await expect(facts).toContainText('Joliet')
    expect(await browse.names()).toEqual(expect.arrayContaining(['boot', 'docs', 'install', 'pictures']))
  })

  await test.step('found by typing, with its text', async () => {
    await page.keyboard.press('Control+F')
    await page.keyboard.type('koln')
    await expect(browse.row('Köln.txt')).toBeVisible()
    await expect(browse.row('Köln.txt')).toContainText('/docs/letters')
    await browse.row('Köln.txt').click()
    await expect(browse.preview).toContainText('Grüße aus Köln')
    await expect(browse.preview).toContainText('Western European')
    await page.getByRole('button', { name: 'Bytes' }).click()
    await expect(browse.preview.getByRole('region', { name: 'Bytes' })).toContainText('47 72 fc df 65 20 61 75  73 20 4b f6 6c 6e 0a')
  })

  await test.step('its digest and path', async () => {
    await browse.preview.getByRole('button', { name: 'Compute' }).click()
    const expected = createHash('sha256')
      .update(await readFile(join(tree, 'docs/letters/Köln.txt')))
      .digest('hex')
    await expect(browse.preview).toContainText(expected)
    await browse.list.focus()
    await page.keyboard.press('Control+C')
    await expect.poll(() => clipboard(browse)).toBe('/docs/letters/Köln.txt')
  })

  await test.step('its folder, and pictures that are pictures', async () => {
    await browse.row('Köln.txt').click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Show in its folder' }).click()
    await expect(browse.folder.getByRole('button', { name: 'letters' })).toHaveAttribute('aria-current', 'location')
    await expect(browse.row('Köln.txt')).toHaveAttribute('aria-selected', 'true')
    await page.getByRole('treeitem', { name: 'pictures' }).click()
    await browse.row('disc.png').click()
    const picture = browse.preview.getByRole('img', { name: 'disc.png' })
    await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(256)
    await browse.row('broken.png').click()
    await expect(browse.preview).toContainText('The picture is damaged')
    await browse.row('drawing.svg').click()
    await expect(browse.preview).toContainText('document.title = "ran"')
    expect(await page.title()).toBe('Isomer')
  })

  await test.step('a folder is taken out', async () => {
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Top folder' }).click()
    await browse.row('docs').click()
    const out = join(dir, 'out')
    await mkdir(out)
    await answerOpenDialog(app, [out])
    await page.getByRole('button', { name: 'Extract 1 selected item…' }).click()
    expect(await isomer.lastJobEnded()).toMatchObject({ state: 'done', result: { files: NOTES + 2 } })
    const judged = join(dir, 'by-xorriso')
    execFileSync('xorriso', ['-osirrox', 'on', '-indev', imagePath, '-extract', '/docs', join(judged, 'docs')], { stdio: 'ignore' })
    expect(await filesIn(out)).toEqual(await filesIn(judged))
  })
})

test('what is in the way is asked about once', async ({ app, dir, isomer, page }) => {
  const { imagePath, tree } = await bootImageIn(dir)
  const browse = new BrowseWindow(isomer)
  await browse.open(imagePath)
  const out = join(dir, 'out')
  await mkdir(join(out, 'docs'), { recursive: true })
  await writeFile(join(out, 'docs/note 1.txt'), 'mine')
  await answerOpenDialog(app, [out])
  await browse.row('docs').click()
  await browse.row('install').click({ modifiers: ['Control'] })
  const extract = page.getByRole('button', { name: 'Extract 2 selected items…' })

  await extract.click()
  await expect(page.getByRole('dialog')).toContainText('there is something called')
  await page.getByRole('button', { name: 'Cancel' }).click()
  expect(await isomer.jobs()).toEqual([])

  await extract.click()
  await page.getByRole('button', { name: 'Put it into a new folder' }).click()
  await isomer.lastJobEnded()
  expect(await readdir(out)).toEqual(['docs', 'rescue-12'])
  expect(await filesIn(join(out, 'rescue-12/docs'))).toEqual(await filesIn(join(tree, 'docs')))

  await extract.click()
  await page.getByRole('button', { name: 'Replace files of the same name' }).click()
  await expect.poll(() => readFile(join(out, 'docs/note 1.txt'), 'utf8')).toBe('This is note 1.\n')
  await isomer.lastJobEnded()
  expect(await filesIn(join(out, 'docs'))).toEqual(await filesIn(join(tree, 'docs')))
})

test('everything goes by keyboard alone', async ({ dir, isomer, page }) => {
  const { imagePath } = await bootImageIn(dir)
  const browse = new BrowseWindow(isomer)
  await browse.open(imagePath)
  await browse.list.focus()
  await page.keyboard.type('doc')
  await expect(browse.row('docs')).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Enter')
  await expect(browse.row('note 1.txt')).toBeVisible()
  expect((await browse.names()).slice(0, 4)).toEqual(['letters', 'empty.txt', 'note 1.txt', 'note 2.txt'])
  await page.keyboard.press('End')
  await expect(browse.row(`note ${NOTES}.txt`)).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Shift+ArrowUp')
  await expect(browse.preview).toContainText('2 entries selected')
  await page.keyboard.press('Control+A')
  await expect(browse.preview).toContainText(`${NOTES + 2} entries selected`)
  await page.keyboard.press('Home')
  await page.keyboard.press('Enter')
  await expect(browse.row('Köln.txt')).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toContainText('Grüße aus Köln')
  await page.keyboard.press('Escape')
  await expect(browse.list).toBeFocused()
  await page.keyboard.press('Backspace')
  await expect(browse.row('letters')).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Alt+ArrowUp')
  await expect(browse.row('docs')).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Alt+ArrowLeft')
  await expect(browse.folder.getByRole('button', { name: 'docs' })).toHaveAttribute('aria-current', 'location')
  await page.keyboard.press('Alt+ArrowRight')
  await expect(browse.row('docs')).toHaveAttribute('aria-selected', 'true')
  await expect(browse.list).toBeFocused()
  await page.keyboard.press(' ')
  await expect(browse.preview).toBeHidden()
  await page.keyboard.press('Shift+F10')
  await expect(page.getByRole('menuitem', { name: 'Extract…' })).toBeVisible()
})

test('every tree and what starts from the image can be looked at', async ({ dir, isomer, page }) => {
  const { imagePath } = await bootImageIn(dir)
  const browse = new BrowseWindow(isomer)
  await browse.open(imagePath)
  await browse.row('docs').dblclick()
  await browse.chooseTree('ISO 9660')
  await expect(browse.folder.getByRole('button', { name: 'DOCS' })).toBeVisible()
  await browse.row('NOTE_1.TXT').click()
  await expect(browse.preview).toContainText('Joliet note 1.txt')
  await browse.chooseTree('Boot equipment')
  await browse.row('[BOOT]').dblclick()
  const bootImages = execFileSync('7z', ['l', '-ba', '-slt', imagePath], { encoding: 'utf8' }).match(/^Path = \[BOOT\]\/.*$/gm) ?? []
  await expect.poll(async () => (await browse.names()).length).toBe(bootImages.length)

  await browse.showTab('Boot')
  await expect(page.getByRole('region', { name: 'Boot images' }).getByRole('listitem')).toHaveCount(bootImages.length)
  await expect(page.getByText('It starts computers with BIOS and UEFI from a disc')).toBeVisible()
  await browse.showTab('Facts')
  await expect(page.getByRole('region', { name: 'The image' })).toContainText('rescue-12.iso')
  await browse.showTab('Findings')
  await page.getByRole('button', { name: 'Look through everything' }).click()
  await expect(page.getByText('All trees, tables and boot equipment were looked through')).toBeVisible()
})

test('the sector map leads from a file to its place and back', async ({ dir, isomer, page }) => {
  const { imagePath } = await bootImageIn(dir)
  const listing = execFileSync('isoinfo', ['-R', '-l', '-i', imagePath], { encoding: 'utf8' })
  const lba = Number(/\[\s*(\d+) \d+\]\s+system\.squashfs/.exec(listing)?.[1])
  const browse = new BrowseWindow(isomer)
  await browse.open(imagePath)
  await browse.search('system.squashfs')
  await browse.row('system.squashfs').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Show on the sector map' }).click()
  const map = page.getByRole('slider', { name: 'Sector map' })
  await expect(map).toHaveAttribute('aria-valuetext', /: Files$/)
  const where = page.getByText(/^Sectors? [\d,]+/)
  const [from, to] = ((await where.textContent())?.match(/[\d,]+/g) ?? []).map((number) => Number(number.replaceAll(',', '')))
  expect(from).toBeLessThanOrEqual(lba)
  expect(to).toBeGreaterThanOrEqual(lba)
  await map.focus()
  await page.keyboard.press('Home')
  await expect(page.getByText('System area: boot code and partition tables')).toBeVisible()
  await page.keyboard.press('Control+1')
  await page.keyboard.press('Control+I')
  await browse.showTab('Files')
  await browse.row('system.squashfs').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Show on the sector map' }).click()
  await page.getByRole('button', { name: '/install/system.squashfs' }).click()
  await expect(browse.folder.getByRole('button', { name: 'install' })).toHaveAttribute('aria-current', 'location')
  await expect(browse.row('system.squashfs')).toHaveAttribute('aria-selected', 'true')
})

test('what is no image is told what it is, and a damaged one is opened as far as it goes', async ({ app, dir, isomer, page }) => {
  const { imagePath } = await bootImageIn(dir)
  const browse = new BrowseWindow(isomer)
  const pagePath = join(dir, 'download.iso')
  await writeFile(pagePath, '<!doctype html><html><body>Please log in</body></html>')
  await isomer.drop(pagePath)
  await expect(page.getByRole('region', { name: 'Image download.iso' })).toContainText('it is a web page')
  await page.getByRole('button', { name: 'Close', exact: true }).click()

  const cutPath = join(dir, 'cut.iso')
  await writeFile(cutPath, (await readFile(imagePath)).subarray(0, 9_000_000))
  await isomer.drop(cutPath)
  await expect(browse.row('docs')).toBeVisible()
  await browse.showTab('Findings')
  await expect(page.getByText('The image appears to be cut off')).toBeVisible()
  await answerOpenDialog(app, [join(dir, 'gone.iso')])
  await page.keyboard.press('Control+O')
  await expect(page.getByText('“gone.iso” can’t be opened: it is not there any more.')).toBeVisible()
})

test('images that were opened are there at the next start, and a path on the command line opens one', async ({
  app,
  command,
  dir,
  isomer,
}) => {
  const { imagePath } = await bootImageIn(dir)
  const browse = new BrowseWindow(isomer)
  await browse.open(imagePath)
  await app.close()

  const next = await launch({ ...command, args: [...command.args, join(dir, 'nothing there.iso')] })
  const page = await next.firstWindow()
  await page.getByRole('button', { name: 'Open rescue-12.iso' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'RESCUE 12' })).toBeVisible()
  await page.getByRole('button', { name: 'Close this image' }).click()
  await page.getByRole('button', { name: 'Take rescue-12.iso off this list' }).click()
  await expect(page.getByRole('button', { name: 'Open rescue-12.iso' })).toBeHidden()
  await next.close()
})

test('several images are open side by side, and one that makes its reader end is opened again', async ({ app, dir, isomer, page }) => {
  const { imagePath } = await bootImageIn(dir)
  const other = join(dir, 'other.iso')
  execFileSync('genisoimage', ['-quiet', '-R', '-V', 'OTHER', '-o', other, join(dir, 'tree/docs')])
  const browse = new BrowseWindow(isomer)
  await browse.open(imagePath)
  await browse.row('docs').dblclick()
  await answerOpenDialog(app, [other])
  await page.keyboard.press('Control+O')
  const tabs = page.getByRole('navigation', { name: 'Open images' })
  await expect(tabs.getByRole('button', { name: 'OTHER', exact: true })).toHaveAttribute('aria-current', 'page')
  await expect(browse.row('note 1.txt')).toBeVisible()
  await tabs.getByRole('button', { name: 'RESCUE 12', exact: true }).click()
  await expect(browse.folder.getByRole('button', { name: 'docs' })).toHaveAttribute('aria-current', 'location')

  const pids = await app.evaluate(({ app: electronApp }) =>
    electronApp
      .getAppMetrics()
      .filter(({ name }) => name === 'Isomer image')
      .map(({ pid }) => pid),
  )
  expect(pids.length).toBeGreaterThanOrEqual(2) // one is started ahead for the next image
  for (const pid of pids) process.kill(pid, 'SIGKILL')
  await expect(page.getByText('This image made Isomer’s reader fail.')).toBeVisible()
  await page.getByRole('button', { name: 'Open it again' }).click()
  await expect(browse.row('docs')).toBeVisible()
  await page.keyboard.press('Control+W')
  await expect(page.getByText('This image made Isomer’s reader fail.')).toBeVisible()
})

test('entries are dragged out of the window as files', async ({ app, dir, isomer, page }) => {
  const { imagePath, tree } = await bootImageIn(dir)
  const browse = new BrowseWindow(isomer)
  await browse.open(imagePath)
  await app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    if (contents) contents.startDrag = (item) => Object.assign(globalThis, { dragged: item.files })
  })
  await browse.row('docs').hover()
  await page.mouse.down()
  await page.mouse.move(600, 500, { steps: 5 })
  const dragged = () => app.evaluate(() => (globalThis as unknown as { dragged?: string[] }).dragged ?? [])
  await expect.poll(async () => (await dragged()).length).toBe(1)
  await page.mouse.up()
  const [folder = ''] = await dragged()
  expect(await filesIn(folder)).toEqual(await filesIn(join(tree, 'docs')))
  await app.close()
  expect(await readdir(join(dir, 'profile'))).not.toContain('Dragged Files')
})
