/** The page about what images say twice names findings; each must be one that the engine can make. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
const ROOMS = ['iso9660', 'udf', 'boot', 'image']

/** Source text of the engine's readers, without tests. */
function sources(): string[] {
  return ROOMS.flatMap((room) =>
    readdirSync(join(root, 'main', room), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts') && !/\.test\.ts$|testing\//.test(path))
      .map((path) => readFileSync(join(root, 'main', room, path), 'utf8')),
  )
}

/** Parts of a code that the source puts in: `${kind}` in a template stands for any of these. */
const templates = [/`only-in-\$\{/, /`gpt-\$\{/, /`\$\{code\}-partition-past-end`/]
const templated = (code: string): boolean =>
  (code.startsWith('only-in-') || /^gpt-(primary|backup)-(header|entries)$/.test(code) || code.endsWith('-partition-past-end')) === true

/** Codes in the last column of the page's tables. */
function namedCodes(): string[] {
  const page = readFileSync(join(root, 'docs/redundancy.md'), 'utf8')
  const cells = page.split('\n').filter((line) => line.startsWith('|') && !line.startsWith('| ---'))
  return cells.flatMap((line) => [...(line.split('|').at(-2) as string).matchAll(/`([a-z0-9-]+)`/g)].map(([, code]) => code as string))
}

it('every finding that the page names exists', () => {
  const text = sources().join('\n')
  const codes = namedCodes()
  expect(codes.length).toBeGreaterThan(60)
  expect(codes.filter((code) => !templated(code) && !text.includes(`'${code}'`))).toEqual([])
  expect(templates.filter((template) => !template.test(text))).toEqual([])
})
