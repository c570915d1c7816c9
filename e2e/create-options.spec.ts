/** What an image is to be, decided in the window: presets, UDF, boot files; the image is judged by other programs. */
import { execFileSync } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeBootFiles } from './driver/boot-files.ts'
import { answerOpenDialog } from './driver/dialogs.ts'
import { look, schemes, wear } from './driver/look.ts'
import { expect, test } from './fixtures.ts'

const judged = (command: string, ...args: string[]) => execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })

for (const scheme of schemes)
  test(`a disc that starts computers, and a stick, ${scheme}`, async ({ app, dir, isomer, page }) => {
    const source = join(dir, 'Rescue')
    await mkdir(source)
    await writeFile(join(source, 'readme.txt'), 'read me')
    const boot = await makeBootFiles(dir)
    await wear(app, page, scheme)
    await isomer.drop(source)
    await expect(isomer.row('readme.txt')).toBeVisible()

    await page.getByText('Bootable', { exact: true }).click()
    await expect(page.getByText('Nothing was given that a computer could start from.')).toBeVisible()
    await answerOpenDialog(app, [boot.bios])
    await page.getByRole('button', { name: 'Add for BIOS…' }).click()
    await expect(page.getByText('A BIOS can’t start a USB stick without MBR code.')).toBeVisible()
    await look(app, page, 'create-boot-missing', scheme)
    await answerOpenDialog(app, [boot.mbr])
    await page.getByRole('button', { name: 'MBR code…' }).click()
    await answerOpenDialog(app, [boot.uefi])
    await page.getByRole('button', { name: 'Add for UEFI…' }).click()
    await expect(page.getByRole('list', { name: 'Boot files' }).getByRole('listitem')).toHaveText(['BIOSisolinux.bin', 'UEFIefi.img'])
    await expect(isomer.makeButton).toBeEnabled()
    await page.getByRole('button', { name: 'Starting computers' }).scrollIntoViewIfNeeded()
    await look(app, page, 'create-boot', scheme)

    const outPath = join(dir, 'Rescue.iso')
    await isomer.make(outPath)
    expect(await isomer.lastJobEnded()).toMatchObject({ state: 'done', problem: null })
    const report = judged('xorriso', '-indev', outPath, '-report_el_torito', 'plain', '-report_system_area', 'plain')
    expect(report).toMatch(/El Torito img path : +1 {2}\/boot\/isolinux\.bin/)
    expect(report).toMatch(/El Torito img path : +2 {2}\/boot\/efi\.img/)
    expect(report).toMatch(/System area summary: MBR isohybrid.*GPT/)

    await isomer.go('New image')
    await page.getByRole('button', { name: 'Take efi.img out' }).click()
    await page.getByRole('button', { name: 'Leave the MBR code out' }).click()
    await page.getByText('Everywhere', { exact: true }).click()
    await expect(page.getByRole('list', { name: 'Boot files' }).getByRole('listitem')).toHaveText(['BIOSisolinux.bin'])
    await expect(isomer.makeButton).toBeEnabled()
  })

for (const scheme of schemes)
  test(`UDF alone, of the revision that was chosen, ${scheme}`, async ({ app, dir, isomer, page }) => {
    const source = join(dir, 'Films')
    await mkdir(source)
    await writeFile(join(source, 'film 日本.mkv'), 'film')
    await wear(app, page, scheme)
    await isomer.drop(source)
    await expect(isomer.row('film 日本.mkv')).toBeVisible()
    await look(app, page, 'create-presets', scheme)
    await page.getByRole('button', { name: 'More' }).click()
    const fileSystems = page.getByRole('group', { name: 'File systems' })
    await fileSystems.getByText('UDF', { exact: true }).click()
    expect(await page.evaluate(() => document.scrollingElement?.scrollTop)).toBe(0)
    await look(app, page, 'create-file-systems', scheme)
    await fileSystems.getByText('ISO 9660', { exact: true }).click()
    for (const name of ['ISO 9660', 'Joliet', 'Rock Ridge'])
      await expect(fileSystems.getByRole('checkbox', { name, exact: true })).not.toBeChecked()
    await expect(fileSystems.getByRole('checkbox', { name: 'UDF', exact: true })).toBeDisabled()
    await page.getByText('UDF 2.50', { exact: true }).click()
    const outPath = join(dir, 'Films.iso')
    await isomer.make(outPath)
    expect(await isomer.lastJobEnded()).toMatchObject({ state: 'done', problem: null })
    expect(judged('udfinfo', outPath)).toContain('udfrev=2.50')
    expect(judged('7z', 'l', outPath)).toContain('film 日本.mkv')
  })
