#!/usr/bin/env node
/**
 * npm run fuzz -- [--seconds N] [--cases N] [--seed S] [--first N] [--work NAME] [--only NAMES] [--save DIR]: mutated images through
 * everything that reads, in processes of their own. --work: extract, browse, compare, verify, convert, edit or append every image.
 * --only: images whose names begin so, such as "container: ".
 * Ends with 1 when a case failed; its image is saved with as few changes as it takes.
 */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { buildFuzzer } from './fuzz/build-fuzzer.mjs'

const root = join(import.meta.dirname, '..')
const cache = join(root, 'node_modules/.cache/fuzz')

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    cases: { type: 'string', default: '1000000000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    first: { type: 'string', default: '0' },
    work: { type: 'string' },
    only: { type: 'string' },
    save: { type: 'string', default: join(cache, 'failures') },
  },
})

// Several may run at once.
const built = join(cache, `built-${process.pid}`)
const { runFile, processFile } = await buildFuzzer(root, built)
const { failureText, fuzz } = await import(pathToFileURL(runFile).href)
const startMs = performance.now()
const seed = Number(values.seed)
console.log(`Seed ${seed}, from case ${values.first} on, for at most ${values.seconds} s.`)
const { cases, highestBytes, failedCases, failures } = await fuzz({
  processFile,
  seed,
  first: Number(values.first),
  cases: Number(values.cases),
  seconds: Number(values.seconds),
  ...(values.work && { work: values.work }),
  ...(values.only && { only: values.only }),
  saveFolder: values.save,
  say: (line) => console.log(line),
})
for (const failure of failures) console.log(`\n${failureText(failure)}`)
const seconds = ((performance.now() - startMs) / 1000).toFixed(0)
const memory = `${Math.round(highestBytes / 2 ** 20)} MiB in memory at the most`
console.log(`\n${cases.toLocaleString('en')} cases in ${seconds} s, ${failedCases} failed; ${memory}.`)
process.exitCode = failedCases === 0 ? 0 : 1
rmSync(built, { recursive: true, force: true })
