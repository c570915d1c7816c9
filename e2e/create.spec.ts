/** From files to an image that other programs read. */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { answerOpenDialog, answerSaveDialog } from './driver/dialogs.ts'
import { expect, test } from './fixtures.ts'
import { filesIn, makeSampleTree } from './judges/file-tree.ts'
import { foreignReaders } from './judges/foreign-readers.ts'

test('a dropped folder becomes an image in which every program finds every byte', async ({ dir, isomer }) => {
  const source = join(dir, 'Holiday 2019')
  const outPath = join(dir, 'Holiday 2019.iso')
  await makeSampleTree(source)
  await isomer.drop(source)
  await expect(isomer.row('large.bin')).toBeVisible()
  await isomer.make(outPath)
  const job = await isomer.lastJobEnded()
  expect(job.problem).toBeNull()
  expect(job).toMatchObject({ state: 'done', title: 'Holiday 2019.iso', result: { path: outPath } })

  const expected = await filesIn(source)
  expect(Object.keys(expected).length).toBe(258)
  for (const [name, read] of Object.entries(foreignReaders)) expect(await read(outPath, dir), name).toEqual(expected)
})

test('with the keyboard alone: add, arrange, rename, make', async ({ app, dir, isomer, page }) => {
  const source = join(dir, 'Letters')
  await mkdir(source)
  for (const name of ['a.txt', 'b.txt', 'c.txt']) await writeFile(join(source, name), name)
  await answerOpenDialog(app, [source])
  await answerSaveDialog(app, join(dir, 'Letters.iso'))

  await page.keyboard.press('Control+Shift+O')
  await expect(isomer.row('a.txt')).toBeVisible()
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press('Tab')
    if (await isomer.tree.evaluate((tree) => tree === document.activeElement)) break
  }
  await expect(isomer.tree).toBeFocused()
  await page.keyboard.press('Home')
  await page.keyboard.press('Delete')
  await expect(isomer.row('a.txt')).toHaveCount(0)
  await page.keyboard.press('Control+Z')
  await expect(isomer.row('a.txt')).toBeVisible()
  await page.keyboard.press('Home')
  await page.keyboard.press('F2')
  await page.keyboard.press('Control+A')
  await page.keyboard.type('first.txt')
  await page.keyboard.press('Enter')
  await expect(isomer.row('first.txt')).toBeVisible()
  await page.keyboard.press('Control+Enter')
  const job = await isomer.lastJobEnded()
  expect(job).toMatchObject({ state: 'done', problem: null })

  const found = await foreignReaders['xorriso']?.(join(dir, 'Letters.iso'), dir)
  expect(Object.keys(found ?? {})).toEqual(['/b.txt', '/c.txt', '/first.txt'])
  expect(await readFile(join(dir, 'by-xorriso/first.txt'), 'utf8')).toBe('a.txt')
})

test('a name without an extension gets one, and then never replaces a file that nobody was asked about', async ({
  app,
  dir,
  isomer,
  page,
}) => {
  const source = join(dir, 'source')
  await mkdir(source)
  await writeFile(join(source, 'a.txt'), 'a')
  await isomer.drop(source)
  await isomer.make(join(dir, 'Short'))
  expect((await isomer.lastJobEnded()).result?.path).toBe(join(dir, 'Short.iso'))

  const before = await readFile(join(dir, 'Short.iso'))
  await answerSaveDialog(app, join(dir, 'Short'))
  const choice = await page.evaluate(() => window.isomer.create.pickTarget())
  if (!choice.ok || !choice.value) throw new Error('no choice')
  expect(choice.value).toMatchObject({ name: 'Short.iso', exists: true, problem: { code: 'target-exists' } })
  await page.evaluate((target) => window.isomer.create.start({ target }), choice.value.token)
  expect(await isomer.lastJobEnded()).toMatchObject({ state: 'failed', problem: { code: 'target-exists' } })
  expect(await readFile(join(dir, 'Short.iso'))).toEqual(before)
})

test('a second start hands its path to the window that is there', async ({ command, dir, isomer }) => {
  const source = join(dir, 'From outside')
  await makeSampleTree(source)
  await isomer.go('New image')
  const { spawn } = await import('node:child_process')
  const second = spawn(command.executable, [...command.args, source], { cwd: command.cwd, env: command.env, stdio: 'ignore' })
  const exitCode = await new Promise((resolve) => second.once('exit', resolve))
  expect(exitCode).toBe(0)
  await expect(isomer.row('large.bin')).toBeVisible()
  await expect(isomer.makeButton).toHaveAccessibleName(new RegExp(`^Make ${basename(source)}\\.iso`, 'i'))
})

test('a made image can be opened, checked and extracted again', async ({ app, dir, isomer, page }) => {
  const source = join(dir, 'Round trip')
  const outPath = join(dir, 'Round trip.iso')
  await makeSampleTree(source)
  await isomer.drop(source)
  await isomer.make(outPath)
  const made = await isomer.lastJobEnded()
  if (made.result?.kind !== 'create') throw new Error('no image was made')

  await answerOpenDialog(app, [outPath])
  const [image] = await page.evaluate(async () => {
    const reply = await window.isomer.sources.pick({ what: 'files' })
    return reply.ok ? reply.value : []
  })
  if (!image) throw new Error('the image was not admitted')
  expect(image).toMatchObject({ kind: 'image', name: 'Round trip.iso' })
  const imageId = await page.evaluate(async (token) => {
    const opened = await window.isomer.browse.open({ token, session: null, track: null })
    return opened.ok ? opened.value.imageId : opened.problem.message
  }, image.token)
  const described = await page.evaluate((id) => window.isomer.browse.describe({ imageId: id }), imageId)
  expect(described).toMatchObject({ ok: true, value: { files: 258, findings: [] } })

  const verify = (sha256: string) =>
    page.evaluate(
      async ({ token, hex }) => {
        const brought = await window.isomer.verify.bring({ tokens: [token], caseId: null })
        if (!brought.ok) throw new Error(brought.problem.message)
        const expected = [{ kinds: ['sha256' as const], hex }]
        await window.isomer.verify.start({ caseId: brought.value.caseId, expected, digests: [], checksContents: false, against: null })
      },
      { token: image.token, hex: sha256 },
    )
  await verify(made.result.sha256 ?? '')
  expect((await isomer.lastJobEnded()).result).toMatchObject({ kind: 'verify', verdict: 'intact', refusals: [] })
  await verify('0'.repeat(64))
  expect((await isomer.lastJobEnded()).result).toMatchObject({ kind: 'verify', verdict: 'damaged' })

  await answerOpenDialog(app, [dir])
  for (const folder of ['Round trip (2)', 'Round trip (3)']) {
    await page.evaluate(async (id) => {
      const target = await window.isomer.browse.pickExtractTarget({ imageId: id, view: 'rockridge', chosen: null })
      if (target.ok && target.value) await window.isomer.browse.extract({ target: target.value.token, taken: 'nothing' })
    }, imageId)
    expect((await isomer.lastJobEnded()).result).toMatchObject({ kind: 'extract', path: join(dir, folder), files: 258 })
    expect(await filesIn(join(dir, folder))).toEqual(await filesIn(source))
  }
})
