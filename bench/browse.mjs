#!/usr/bin/env node
/** npm run bench:browse: how fast an image of many entries is listed and searched in the process that the window asks. */
import { closeSync, mkdirSync, openSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { ensureFreshBuild } from '../scripts/setup/fresh-build.mjs'
import { ensureNpmPackages } from '../scripts/setup/npm-packages.mjs'
import { BrowseReader } from './browse-reader.mjs'
import { machineFacts, startLoad } from './machine.mjs'
import { runProgram } from './measure.mjs'
import { makeScratch } from './scratch.mjs'
import { median } from './summary.mjs'

const root = join(import.meta.dirname, '..')
const say = (sentence) => console.error(sentence)
const FILES_PER_FOLDER = 1000
/** An empty file in memory takes a page with its name. */
const BYTES_PER_ENTRY = 4096
const byName = { by: 'name', descending: false }

const USAGE = `Usage: npm run bench:browse -- [OPTIONS]

  --entries N     files in the image, 1,000 to a folder (1000000)
  --image FILE    an image that is there already, made of such folders
  --runs N        processes that are measured (3)
  --scratch DIR   where to work; in memory if there is room, when not given`

/** One folder for each thousand files, all empty: what is measured is the tree. */
function makeFiles(folder, entries) {
  for (let first = 0; first < entries; first += FILES_PER_FOLDER) {
    const subfolder = join(folder, `folder ${String(first / FILES_PER_FOLDER).padStart(4, '0')}`)
    mkdirSync(subfolder, { recursive: true })
    for (let number = first; number < Math.min(entries, first + FILES_PER_FOLDER); number++)
      closeSync(openSync(join(subfolder, `document number ${String(number).padStart(7, '0')}.txt`), 'w'))
  }
}

async function makeImage(folder, entries) {
  const source = join(folder, 'source')
  const imagePath = join(folder, 'image.iso')
  const logFolder = join(folder, 'log')
  mkdirSync(logFolder)
  say(`Making ${entries.toLocaleString('en')} files…`)
  makeFiles(source, entries)
  say('Making the image…')
  const args = [join(root, 'dist/cli.js'), 'create', source, '-o', imagePath, '--label', 'MANY', '--no-sha256', '-q']
  const { failure } = await runProgram({ program: process.execPath, args }, logFolder)
  if (failure !== undefined) throw new Error(`The image could not be made: isomer ${failure}`)
  rmSync(source, { recursive: true })
  return imagePath
}

/** Everything that is measured, in the order in which a person would do it, in a process of its own. */
async function measureOnce(imagePath) {
  const started = performance.now()
  const reader = new BrowseReader(join(root, 'dist/main/browse-process.js'))
  const rows = []
  const measure = async (what, work) => {
    const [beforeMs, usedMs] = [performance.now(), reader.processorMs()]
    const result = await work()
    rows.push({ what, ms: performance.now() - beforeMs, processorMs: usedMs === null ? null : reader.processorMs() - usedMs })
    return result
  }
  try {
    // Any question that needs no image: it is answered as soon as the process is there.
    await reader.call('forget', { listingId: 0 })
    rows.push({
      what: 'start the process, which the window does ahead',
      ms: performance.now() - started,
      processorMs: reader.processorMs(),
    })
    const { view, listing } = await measure('open the image, to its first listing', async () => {
      const { views } = await reader.call('open', { path: imagePath, session: null })
      const { kind } = views[0]
      return { view: kind, listing: await reader.listed('list', { view: kind, folder: 0, order: byName }) }
    })
    const top = await reader.call('rows', { listingId: listing.listingId, range: [0, 200] })
    const folder = top.findLast(({ type }) => type === 'directory').entry
    await measure('a folder of 1,000, listed and sorted, 200 rows of it', async () => {
      const { listingId } = await reader.listed('list', { view, folder, order: byName })
      await reader.call('rows', { listingId, range: [0, 200] })
    })
    await measure('read the whole tree, in the background', () => reader.call('readAll', { view }))
    const search = (text) => reader.listed('search', { view, text, order: null })
    const found = {}
    for (const [what, text] of [
      ['search a name that is there once', '0777123'],
      ['search a name that is not there', 'nothing like it'],
      ['search a pattern, 1 in 1,000', '*123.txt'],
      ['search what all have', 'document'],
    ])
      found[text] = await measure(what, () => search(text))
    const all = found.document
    const far = Math.floor(all.count / 2)
    await measure('200 rows from the middle of these', () => reader.call('rows', { listingId: all.listingId, range: [far, far + 200] }))
    await measure('sort all of these by size', () =>
      reader.call('sort', { listingId: all.listingId, order: { by: 'size', descending: true }, ranges: [] }),
    )
    return { rows, count: all.count, peakMib: reader.peakMemoryMib() }
  } finally {
    reader.stop()
  }
}

function print(runs, facts) {
  console.log(`${facts.map((fact) => `- ${fact}`).join('\n')}\n`)
  console.log('| what | median ms | min–max ms | on the processor, ms |\n| --- | ---: | ---: | ---: |')
  for (const [index, { what }] of runs[0].rows.entries()) {
    const times = runs.map(({ rows }) => rows[index].ms)
    const used = runs.map(({ rows }) => rows[index].processorMs).filter((ms) => ms !== null)
    const digits = (ms) => ms.toFixed(ms < 10 ? 1 : 0)
    const usedText = used.length === 0 ? '—' : digits(median(used))
    console.log(`| ${what} | ${digits(median(times))} | ${digits(Math.min(...times))}–${digits(Math.max(...times))} | ${usedText} |`)
  }
  const peaks = runs.map(({ peakMib }) => peakMib).filter((mib) => mib !== null)
  if (peaks.length > 0) console.log(`| peak memory of the process | ${Math.round(Math.max(...peaks))} MiB | | |`)
}

async function main() {
  const string = { type: 'string' }
  const { values } = parseArgs({ options: { entries: string, image: string, runs: string, scratch: string, help: { type: 'boolean' } } })
  if (values.help) return console.log(USAGE)
  const entries = Number(values.entries ?? 1_000_000)
  const runCount = Number(values.runs ?? 3)
  if (![entries, runCount].every((number) => Number.isInteger(number) && number > 0)) throw new Error(USAGE)
  ensureNpmPackages(root, say)
  ensureFreshBuild(root, say)
  const { load, warning } = startLoad()
  const scratch = values.image === undefined ? makeScratch(values.scratch, entries * BYTES_PER_ENTRY) : null
  try {
    const imagePath = scratch === null ? resolve(values.image) : await makeImage(scratch.folder, entries)
    const runs = []
    for (let run = 1; run <= runCount; run++) {
      say(`Run ${run} of ${runCount}…`)
      runs.push(await measureOnce(imagePath))
    }
    const [cpu, system, versions] = machineFacts(root, join(root, 'dist/cli.js'), load)
    print(runs, [
      cpu,
      system,
      versions,
      `Entries found: ${runs[0].count.toLocaleString('en')}; runs: ${runCount}`,
      ...(warning === null ? [] : [warning]),
    ])
  } finally {
    if (scratch !== null) rmSync(scratch.folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

try {
  await main()
} catch (error) {
  say(error.message)
  process.exitCode = 3
}
