/** A minute of mutated images; and that one which hangs, dies or fails would be told. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildFuzzer } from './build-fuzzer.mjs'

const SECONDS = 60
const SEED = 1

let scratch
let built
let fuzzer
beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'isomer-fuzzer-'))
  built = await buildFuzzer(join(import.meta.dirname, '../..'), join(scratch, 'built'))
  fuzzer = await import(/* @vite-ignore */ pathToFileURL(built.runFile).href)
})
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

const run = (request) => {
  const usual = { processFile: built.processFile, seed: SEED, first: 0, saveFolder: join(scratch, 'failures'), say: () => {} }
  return fuzzer.fuzz({ ...usual, ...request })
}

it(
  `nothing fails in ${SECONDS} seconds`,
  async () => {
    const { cases, failures } = await run({ cases: 1e9, seconds: SECONDS })
    expect(failures.map(fuzzer.failureText).join('\n')).toBe('')
    expect(cases).toBeGreaterThan(100)
  },
  10 * SECONDS * 1000,
)

describe('what would be told', () => {
  /** Behind those that change nothing. */
  const FIRST = 5000
  const BAD = FIRST + 7

  /** A process that does as told in one case, as long as the first change is among those asked for. */
  function fakeProcess(inBadCase) {
    const path = join(scratch, `fake-${inBadCase.length}.mjs`)
    writeFileSync(
      path,
      `import { writeFileSync } from 'node:fs'
      import { join } from 'node:path'
      process.once('message', async ({ first, cases, folder, edits }) => {
        process.send({ kind: 'ready' })
        for (let number = first; number < first + cases; number++) {
          const running = Buffer.alloc(8)
          running.writeDoubleLE(number)
          writeFileSync(join(folder, 'running'), running)
          if (number === ${BAD} && (edits === null || edits.includes(0))) { ${inBadCase} }
        }
        process.send({ kind: 'done', cases, highestBytes: 0 }, () => process.disconnect())
      })`,
    )
    return path
  }

  it.each([
    ['hangs', 'for (;;) {}', 'never came to an end'],
    ['dies', 'process.abort()', 'the process died'],
    ['fails', "process.send({ kind: 'failed', number, reason: 'because' })", 'because'],
  ])('a case that %s, with no more changes than it takes', async (_, inBadCase, reason) => {
    const { cases, failures } = await run({ processFile: fakeProcess(inBadCase), first: FIRST, cases: 20, seconds: 60, silenceMs: 1000 })
    expect(cases).toBe(20)
    expect(failures).toHaveLength(1)
    const [failure] = failures
    expect(failure).toMatchObject({ seed: SEED, number: BAD })
    expect(failure.reason).toContain(reason)
    // The image's name, and the one change.
    expect(failure.edits).toHaveLength(2)
    expect(existsSync(failure.savedAs)).toBe(true)
  })
})
