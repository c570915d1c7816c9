/** An image is verified in the window: each verdict by its own journey, judged by axe and pictured. */
import { execFileSync } from 'node:child_process'
import { mkdir, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { Gpg } from '../main/verify/testing/gpg.ts'
import type { VerifyResult } from '../shared/verify.ts'
import { answerOpenDialog, answerSaveDialog } from './driver/dialogs.ts'
import type { IsomerWindow } from './driver/isomer-window.ts'
import { look, schemes, wear } from './driver/look.ts'
import { expect as expectSoon, test } from './fixtures.ts'

/** An image is read by processes of its own, which start slowly on a busy machine. */
const expect = expectSoon.configure({ timeout: 30_000 })

let gpg: Gpg
let maker: string
test.beforeAll(() => {
  gpg = new Gpg()
  maker = gpg.makeKey('Northwind', 'rsa3072')
})
test.afterAll(() => gpg.close())

/** Trusted keys go to a folder of the test's own. */
test.use({
  command: async ({ command, dir }, use) => use({ ...command, env: { ...command.env, ISOMER_KEYS: join(dir, 'keys') } }),
})

const IMAGE = 'northwind-12.1-amd64.iso'

/** A folder as people have it after a download: image, checksum file, signature and key. */
async function download(dir: string): Promise<string> {
  const folder = join(dir, 'Downloads')
  const tree = join(dir, 'tree')
  await mkdir(join(tree, 'boot'), { recursive: true })
  await mkdir(folder)
  await writeFile(join(tree, 'README.txt'), 'Northwind 12.1')
  await writeFile(join(tree, 'boot/kernel'), Buffer.alloc(3_000_000, 'kernel'))
  execFileSync('xorriso', ['-as', 'mkisofs', '-quiet', '-J', '-R', '-V', 'NORTHWIND', '-o', join(folder, IMAGE), tree], { stdio: 'ignore' })
  await sums(folder)
  gpg.sign(join(folder, 'SHA256SUMS'), [maker], join(folder, 'SHA256SUMS.sign'))
  gpg.exportKeys(join(folder, 'northwind-key.asc'), [maker], true)
  return folder
}

const sums = (folder: string) => writeFile(join(folder, 'SHA256SUMS'), execFileSync('sha256sum', [IMAGE], { cwd: folder }))

async function spoil(image: string): Promise<void> {
  const bytes = await readFile(image)
  const at = bytes.indexOf('kernel') + 1_000_000
  bytes[at] = (bytes[at] as number) ^ 1
  await writeFile(image, bytes)
}

const card = (page: Page): Locator => page.getByRole('region', { name: 'Verdict' })
const verdict = (page: Page): Locator => card(page).getByRole('heading', { level: 2 })
const chain = (page: Page): Locator => page.getByRole('list', { name: 'How the verdict comes about' }).getByRole('listitem')
const trustCard = (page: Page): Locator => page.getByRole('region', { name: /^Key of/ })

async function goToVerify(isomer: IsomerWindow): Promise<void> {
  await isomer.places.getByRole('button', { name: 'Verify', exact: true }).click()
  await expect(isomer.page.getByRole('heading', { name: 'Verify', exact: true })).toBeVisible()
}

/** The states of the chain's links as they are shown. */
const states = async (page: Page) => Promise.all((await chain(page).all()).map((link) => link.getAttribute('data-state')))

for (const first of [IMAGE, 'SHA256SUMS', 'SHA256SUMS.sign'])
  test(`genuine, with ${first} dropped first and the key trusted by its fingerprint`, async ({ dir, isomer, page }) => {
    const folder = await download(dir)
    await goToVerify(isomer)
    await isomer.drop(join(folder, first))
    await expect(verdict(page)).toHaveText('Intact')
    expect(await states(page)).toEqual(['good', 'good', 'good', 'caution', 'caution'])
    await expect(trustCard(page).getByRole('code')).toHaveText(maker.replaceAll(/(.{4})(?=.)/g, '$1 '))
    await trustCard(page).getByRole('button', { name: 'I compared it: trust this key' }).click()
    await expect(verdict(page)).toHaveText('Genuine')
    await expect(trustCard(page)).toBeHidden()
    expect(await states(page)).toEqual(['good', 'good', 'good', 'good', 'good'])
    await expect(chain(page).last()).toContainText('You trusted this key earlier.')
    expect(await readdir(join(dir, 'keys'))).toEqual([`${maker}.asc`])
  })

test('a signature dropped on Home is verified with what lies beside it', async ({ dir, isomer, page }) => {
  const folder = await download(dir)
  await isomer.drop(join(folder, 'SHA256SUMS.sign'))
  await expect(verdict(page)).toHaveText('Intact')
})

test('a key is forgotten again', async ({ dir, isomer, page }) => {
  const folder = await download(dir)
  await goToVerify(isomer)
  await isomer.drop(join(folder, 'northwind-key.asc'))
  await expect(page.getByRole('heading', { name: 'Now the image' })).toBeVisible()
  await trustCard(page).getByRole('button', { name: 'I compared it: trust this key' }).click()
  await page.getByRole('button', { name: 'Keys you trust (1)' }).click()
  await page.getByRole('button', { name: /^Trust Northwind .* no longer$/ }).click()
  await expect(page.getByRole('button', { name: 'Keys you trust (0)' })).toBeVisible()
  expect(await readdir(join(dir, 'keys'))).toEqual([])
})

test('a list of several images asks which one', async ({ dir, isomer, page }) => {
  const folder = await download(dir)
  await writeFile(join(folder, 'other.iso'), await readFile(join(folder, IMAGE)))
  await writeFile(join(folder, 'SHA256SUMS'), execFileSync('sha256sum', [IMAGE, 'other.iso'], { cwd: folder }))
  await rm(join(folder, 'SHA256SUMS.sign'))
  await goToVerify(isomer)
  await isomer.drop(join(folder, 'SHA256SUMS'))
  await page
    .getByRole('region', { name: 'Which image' })
    .getByRole('button', { name: /^other\.iso/ })
    .click()
  await expect(verdict(page)).toHaveText('Intact')
  await expect(card(page)).toContainText('other.iso')
})

test('the result can be copied, and saved as JSON', async ({ app, dir, isomer, page }) => {
  const folder = await download(dir)
  await goToVerify(isomer)
  await isomer.drop(join(folder, IMAGE))
  await expect(verdict(page)).toHaveText('Intact')
  await page.getByRole('button', { name: 'Copy the result' }).click()
  const copied = await app.evaluate(({ clipboard }) => clipboard.readText())
  expect(copied).toMatch(/^Intact: northwind-12\.1-amd64\.iso \([\d,]+ bytes\)\n/)
  expect(copied).toMatch(/\nSHA-256: [0-9a-f]{64}\n$/)
  const saved = join(dir, 'result.json')
  await answerSaveDialog(app, saved)
  await page.getByRole('button', { name: 'Save as JSON…' }).click()
  await expect.poll(() => readFile(saved, 'utf8').catch(() => '')).toContain('"verdict"')
  const result = JSON.parse(await readFile(saved, 'utf8')) as VerifyResult
  expect(result).toMatchObject({ verdict: 'intact', lists: [{ verdict: 'same', signatures: [{ status: 'good' }] }] })
})

test('more can be compared: a value, a copy, other kinds', async ({ app, dir, isomer, page }) => {
  const folder = await download(dir)
  await Promise.all(['SHA256SUMS', 'SHA256SUMS.sign', 'northwind-key.asc'].map((name) => rm(join(folder, name))))
  const copy = join(dir, 'stick')
  await writeFile(copy, await readFile(join(folder, IMAGE)))
  await goToVerify(isomer)
  await isomer.drop(join(folder, IMAGE))
  await expect(verdict(page)).toHaveText('Unknown')
  await page.getByRole('button', { name: 'Compare with more' }).click()
  const field = page.getByRole('textbox', { name: 'A checksum you were given' })
  await field.fill('abc')
  await expect(page.getByText('is no checksum')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Check again with this' })).toBeDisabled()
  await field.fill(execFileSync('sha512sum', [IMAGE], { cwd: folder, encoding: 'utf8' }))
  await page.getByText('BLAKE2b', { exact: true }).click()
  await answerOpenDialog(app, [copy])
  await page.getByRole('button', { name: 'Compare with a copy…' }).click()
  await expect(page.getByText('stick', { exact: false }).first()).toBeVisible()
  await page.getByRole('button', { name: 'Check again with this' }).click()
  await expect(verdict(page)).toHaveText('Intact')
  await expect(page.getByText('stick holds the same, byte for byte.')).toBeVisible()
  const b2 = execFileSync('b2sum', [IMAGE], { cwd: folder, encoding: 'utf8' }).slice(0, 128)
  await expect(page.getByText(b2)).toBeVisible()
  await field.fill('0'.repeat(64))
  await page.getByRole('button', { name: 'Check again with this' }).click()
  await expect(verdict(page)).toHaveText('Damaged')
})

test('a download that broke off is known at once', async ({ dir, isomer, page }) => {
  const folder = await download(dir)
  await truncate(join(folder, IMAGE), 1_000_000)
  await goToVerify(isomer)
  await isomer.drop(join(folder, IMAGE))
  await expect(verdict(page)).toHaveText('Damaged')
  await expect(page.getByText('The image appears to be cut off').first()).toBeVisible()
})

interface Picture {
  readonly name: string
  readonly word: string
  readonly prepare: (folder: string) => Promise<void>
  readonly trusts?: boolean
}

const pictures: readonly Picture[] = [
  { name: 'genuine', word: 'Genuine', prepare: async () => {}, trusts: true },
  { name: 'trust', word: 'Intact', prepare: async () => {} },
  {
    name: 'intact',
    word: 'Intact',
    prepare: async (folder) => {
      for (const name of ['SHA256SUMS.sign', 'northwind-key.asc']) await rm(join(folder, name))
    },
  },
  {
    name: 'unknown',
    word: 'Unknown',
    prepare: async (folder) => {
      for (const name of ['SHA256SUMS', 'SHA256SUMS.sign', 'northwind-key.asc']) await rm(join(folder, name))
    },
  },
  { name: 'damaged', word: 'Damaged', prepare: (folder) => spoil(join(folder, IMAGE)), trusts: true },
  {
    name: 'forged',
    word: 'Forged',
    prepare: async (folder) => {
      await spoil(join(folder, IMAGE))
      await sums(folder)
    },
  },
]

for (const scheme of schemes)
  test(`every verdict as it looks, ${scheme}`, async ({ app, dir, isomer, page }) => {
    test.setTimeout(180_000)
    await wear(isomer.app, isomer.page, scheme)
    await goToVerify(isomer)
    await look(app, page, 'verify-empty', scheme)
    for (const { name, word, prepare, trusts } of pictures)
      await test.step(name, async () => {
        const place = join(dir, name)
        await mkdir(place)
        const folder = await download(place)
        await prepare(folder)
        if (trusts) {
          await mkdir(join(dir, 'keys'), { recursive: true })
          gpg.exportKeys(join(dir, 'keys', `${maker}.asc`), [maker], true)
        } else await rm(join(dir, 'keys'), { recursive: true, force: true })
        await isomer.drop(join(folder, IMAGE))
        await expect(verdict(page)).toHaveText(word)
        await look(app, page, `verify-${name}`, scheme)
        if (name === 'unknown') {
          await page.getByRole('button', { name: 'Compare with more' }).click()
          await page.getByRole('button', { name: 'Check again with this' }).scrollIntoViewIfNeeded()
          await look(app, page, 'verify-more', scheme)
        }
        await page.getByRole('button', { name: 'Start over' }).click()
      })

    await test.step('while it is read', async () => {
      const place = join(dir, 'reading')
      await mkdir(place)
      const image = join(await download(place), IMAGE)
      await truncate(image, 6_000_000_000)
      await isomer.drop(image)
      const readBytes = async () => (await isomer.jobs()).at(-1)?.progress?.doneBytes ?? 0
      await expect.poll(readBytes, { intervals: [50], timeout: 30_000 }).toBeGreaterThan(300_000_000)
      const jobProcess = await isomer.jobProcessId()
      process.kill(jobProcess, 'SIGSTOP') // held still for the pictures
      await look(app, page, 'verify-reading', scheme)
      process.kill(jobProcess, 'SIGCONT')
      await card(page).getByRole('button', { name: 'Cancel' }).click()
      await expect(page.getByText('Stopped as you asked.').first()).toBeVisible()
    })
  })
