/** An image that Debian ships, as people use one: found, looked at, taken out of, changed, compared. Other programs confirm it. */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { BrowseWindow } from './driver/browse-window.ts'
import { answerOpenDialog } from './driver/dialogs.ts'
import { dropOn } from './driver/drop.ts'
import { projectRoot } from './driver/launch.ts'
import { expect, test } from './fixtures.ts'
import { filesIn } from './judges/file-tree.ts'

const shipped = join(projectRoot, 'node_modules/.cache/debian-boot-images/usr/lib/grub-rescue/grub-rescue-cdrom.iso')
const CONFIG = '/boot/grub/grub.cfg'
const changedConfig = '# changed in the window\nset timeout=5\n'

/** A file of an image as three other programs read it. */
function readByOthers(imagePath: string, path: string, scratch: string): Record<string, string> {
  const inImage = path.slice(1)
  const target = join(scratch, `by-xorriso-${Date.now()}`)
  execFileSync('xorriso', ['-osirrox', 'on', '-indev', imagePath, '-extract', path, target], { stdio: 'ignore' })
  const hex = (bytes: Buffer) => bytes.toString('hex')
  return {
    xorriso: hex(execFileSync('cat', [target])),
    '7z': hex(execFileSync('7z', ['x', '-so', '-bd', imagePath, inImage], { stdio: ['ignore', 'pipe', 'ignore'] })),
    bsdtar: hex(execFileSync('bsdtar', ['-xOf', imagePath, inImage])),
  }
}

/** Boot equipment as xorriso reports it, without the places that move. */
const bootReport = (imagePath: string) =>
  execFileSync('xorriso', ['-indev', imagePath, '-report_el_torito', 'cmd', '-report_system_area', 'cmd'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
    .split('\n')
    .filter((line) => line.startsWith('-boot_image'))
    .map((line) => line.replace(basename(imagePath), 'image'))

test('a Debian image: search, preview, extract, edit, compare', async ({ app, dir, isomer, page }) => {
  test.skip(!existsSync(shipped), 'Debian’s boot images could not be downloaded here')
  test.setTimeout(180_000)
  const imagePath = join(dir, 'grub-rescue.iso')
  await copyFile(shipped, imagePath)
  const browse = new BrowseWindow(isomer)
  await browse.open(imagePath)
  await expect(page.getByRole('list', { name: 'What it is' })).toContainText('boots BIOS · hybrid')

  await test.step('found by search, with its text and its bytes', async () => {
    await browse.search('grub.cfg')
    await browse.row('grub.cfg').click()
    const text = execFileSync('bsdtar', ['-xOf', imagePath, CONFIG.slice(1)], { encoding: 'utf8' })
    const line = text.split('\n').find((candidate) => candidate.trim().length > 12) ?? ''
    await expect(browse.preview).toContainText(line.trim())
    await page.getByRole('button', { name: 'Bytes' }).click()
    const firstBytes = (Buffer.from(text).subarray(0, 8).toString('hex').match(/../g) ?? []).join(' ')
    await expect(browse.preview.getByRole('region', { name: 'Bytes' })).toContainText(firstBytes)
  })

  await test.step('a folder is extracted as xorriso extracts it', async () => {
    await page.keyboard.press('Escape')
    await browse.searchField.fill('')
    await browse.row('boot').dblclick()
    await browse.row('grub').dblclick()
    await browse.row('fonts').click()
    const out = join(dir, 'out')
    await mkdir(out)
    await answerOpenDialog(app, [out])
    await page.getByRole('button', { name: 'Extract 1 selected item…' }).click()
    expect(await isomer.lastJobEnded()).toMatchObject({ state: 'done' })
    const judged = join(dir, 'judged')
    execFileSync('xorriso', ['-osirrox', 'on', '-indev', imagePath, '-extract', '/boot/grub/fonts', join(judged, 'fonts')], {
      stdio: 'ignore',
    })
    expect(await filesIn(out)).toEqual(await filesIn(judged))
  })

  const outPath = join(dir, 'grub-edited.iso')
  await test.step('a file is replaced, a picture added, the result saved', async () => {
    await mkdir(join(dir, 'new'))
    await writeFile(join(dir, 'new/grub.cfg'), changedConfig)
    await copyFile(join(projectRoot, 'app/icons/256x256.png'), join(dir, 'new/splash.png'))
    await browse.edit()
    await dropOn(page, browse.list, [join(dir, 'new/grub.cfg'), join(dir, 'new/splash.png')])
    await expect(browse.row('grub.cfg')).toContainText('replaced')
    await expect(browse.row('splash.png')).toContainText('new')
    await expect(browse.changes).toContainText('Still starts computers: BIOS, from a stick too')
    await browse.saveAs(outPath)
    expect((await readFile(imagePath)).equals(await readFile(shipped))).toBe(true)
  })

  await test.step('xorriso, 7-Zip and bsdtar read the change, and the image starts as before', async () => {
    const hex = Buffer.from(changedConfig).toString('hex')
    expect(readByOthers(outPath, CONFIG, dir)).toEqual({ xorriso: hex, '7z': hex, bsdtar: hex })
    expect(bootReport(outPath)).toEqual(bootReport(imagePath))
    const loader = '/boot/grub/i386-pc/eltorito.img'
    expect(readByOthers(outPath, loader, dir)['xorriso']).toHaveLength((readByOthers(imagePath, loader, dir)['xorriso'] ?? '').length)
  })

  await test.step('the result shows the picture, and differs from the original in just that', async () => {
    await browse.changes.getByRole('button', { name: 'Open it' }).click()
    await browse.search('splash')
    await browse.row('splash.png').click()
    const picture = browse.preview.getByRole('img', { name: 'splash.png' })
    await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(256)
    await answerOpenDialog(app, [imagePath])
    await page.getByRole('button', { name: 'More' }).click()
    await page.getByRole('menuitem', { name: /^Compare/ }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Another image…' }).click()
    const differences = page.getByRole('grid', { name: 'Differences' }).getByRole('row')
    await expect(differences.filter({ hasText: 'grub.cfg' })).toContainText('Changed')
    await expect(differences.filter({ hasText: 'splash.png' })).toBeVisible()
    await expect(differences.filter({ hasText: /\.mod|fonts/ })).toHaveCount(0)
  })
})
