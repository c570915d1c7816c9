#!/usr/bin/env node
/** npm run bench: measures isomer against the usual tools, as docs/benchmarks.md tells, and prints one table. */
import { mkdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { ensureFreshBuild } from '../scripts/setup/fresh-build.mjs'
import { ensureNpmPackages } from '../scripts/setup/npm-packages.mjs'
import { imageMakers, works } from './contenders.mjs'
import { inputsOf, sha256OfFile } from './inputs.mjs'
import { machineFacts, startLoad } from './machine.mjs'
import { canMeasureUsage, findProgram, measureWork, runProgram, stopRunning } from './measure.mjs'
import { bytesNeeded, makeScratch } from './scratch.mjs'
import { summarise } from './summary.mjs'
import { failureSentences, markdownTable, textTable } from './table.mjs'

const root = join(import.meta.dirname, '..')
const say = (sentence) => console.error(sentence)
const groups = [...new Set(works.map(({ group }) => group))]

const USAGE = `Usage: npm run bench -- [OPTIONS]

  --only LIST     some works of ${groups.join(',')}
  --runs N        counted runs of each contender, after one that is not (5)
  --small         a tenth of the size, for a quick try
  --scratch DIR   where to work; in memory if there is room, when not given
  --cli FILE      another build of the command line than dist/cli.js
  --markdown      print the table as Markdown
  --json          print everything as one JSON document`

class UsageError extends Error {}

function readOptions() {
  const boolean = { type: 'boolean', default: false }
  const string = { type: 'string' }
  const options = {
    only: string,
    runs: string,
    scratch: string,
    cli: string,
    small: boolean,
    markdown: boolean,
    json: boolean,
    help: boolean,
  }
  const { values } = parseArgs({ options })
  const runCount = Number(values.runs ?? 5)
  if (!Number.isInteger(runCount) || runCount < 1 || runCount > 1000)
    throw new UsageError(`--runs needs a number from 1, not ${values.runs}.`)
  const chosen = values.only?.split(',') ?? groups
  const unknown = chosen.find((name) => !groups.includes(name))
  if (unknown !== undefined) throw new UsageError(`There is no work “${unknown}”. The works are: ${groups.join(', ')}.`)
  return { ...values, runCount, works: works.filter(({ group }) => chosen.includes(group)) }
}

/** Gives the path of the command line, built if need be. */
function cliOf({ cli }) {
  if (cli !== undefined) return resolve(cli)
  ensureNpmPackages(root, say)
  ensureFreshBuild(root, say)
  return join(root, 'dist/cli.js')
}

/** The program's full path in place of its name; undefined when it is not installed. */
function located(contender, cliPath) {
  if (contender.program !== 'isomer') return { ...contender, program: findProgram(contender.program) }
  return { ...contender, program: process.execPath, args: [cliPath, ...contender.args] }
}

async function makeImage(scene) {
  const maker = imageMakers(scene)
    .map((candidate) => located(candidate, scene.cliPath))
    .find(({ program }) => program !== undefined)
  const { failure } = await runProgram(maker, scene.logFolder)
  if (failure !== undefined) throw new Error(`The image to work on could not be made: ${maker.name} ${failure}`)
  say(`Image made by ${maker.name}.`)
  return { ...scene, imageSha256: sha256OfFile(scene.imagePath) }
}

/** All works over one input. The source goes as soon as only its image is needed, which halves the room it takes. */
async function runStage(input, stageWorks, place, runCount) {
  const at = (name) => join(place.folder, name)
  const sourceFolder = at('source')
  mkdirSync(sourceFolder)
  say(`Making ${input.title}…`)
  const made = input.make(input, sourceFolder)
  let scene = { ...place, sourceFolder, input: made, sourceFile: made.sourceFile, imagePath: at('image.iso'), outPath: at('out') }
  const summaries = []
  for (const work of stageWorks) {
    if (work.from === 'image' && scene.imageSha256 === undefined) {
      scene = await makeImage(scene)
      rmSync(sourceFolder, { recursive: true })
    }
    const title = `${work.verb} ${input.title}`
    say(title)
    const contenders = work.contenders(scene).map((contender) => located(contender, place.cliPath))
    summaries.push(summarise(work, title, await measureWork(work, contenders, scene, runCount, say)))
  }
  rmSync(sourceFolder, { recursive: true, force: true })
  rmSync(scene.imagePath, { force: true })
  return summaries
}

async function runAll(options, inputs, place) {
  const summaries = []
  for (const [name, input] of Object.entries(inputs)) {
    const stageWorks = options.works.filter((work) => work.input === name)
    if (stageWorks.length > 0) summaries.push(...(await runStage(input, stageWorks, place, options.runCount)))
  }
  return summaries
}

function print(options, summaries, facts) {
  if (options.json) console.log(JSON.stringify({ facts, small: options.small, runs: options.runCount, works: summaries }, null, 2))
  else if (options.markdown) console.log(markdownTable(summaries, facts))
  else console.log(`\n${facts.join('\n')}\n\n${textTable(summaries)}`)
  for (const sentence of failureSentences(summaries)) say(sentence)
}

function settingFacts(options, scratch) {
  const where = scratch.isInMemory ? 'in memory' : 'on a disk, whose speed is part of every number'
  const facts = [`Scratch folder: ${scratch.parent}, ${where}; counted runs of each: ${options.runCount}, after one warm-up`]
  if (options.small) facts.push('A tenth of the size, for a quick try: the reaches are meant for the full size')
  if (!canMeasureUsage) facts.push('Processor time and peak memory are not known: that takes GNU time at /usr/bin/time')
  return facts
}

async function main() {
  const options = readOptions()
  if (options.help) return console.log(USAGE)
  const { load, warning } = startLoad()
  const cliPath = cliOf(options)
  const inputs = inputsOf({ isSmall: options.small })
  const needed = options.works.map(({ input }) => inputs[input])
  const scratch = makeScratch(options.scratch, bytesNeeded(needed))
  const cleanUp = () => rmSync(scratch.folder, { recursive: true, force: true, maxRetries: 3 })
  for (const [signal, exitCode] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ])
    process.once(signal, () => {
      stopRunning()
      cleanUp()
      process.exit(exitCode)
    })
  try {
    const facts = [
      ...machineFacts(options.cli === undefined ? root : null, cliPath, load),
      ...settingFacts(options, scratch),
      ...(warning === null ? [] : [warning]),
    ]
    if (warning !== null) say(warning)
    say(`Working in ${scratch.folder}, ${scratch.isInMemory ? 'in memory' : 'on a disk'}.`)
    const logFolder = join(scratch.folder, 'log')
    mkdirSync(logFolder)
    const summaries = await runAll(options, inputs, { ...scratch, logFolder, cliPath })
    print(options, summaries, facts)
    if (summaries.some(({ rows }) => rows.some(({ role, problem }) => role === 'isomer' && problem !== null))) process.exitCode = 1
  } finally {
    cleanUp()
  }
}

try {
  await main()
} catch (error) {
  const isUsage = error instanceof UsageError || error.code?.startsWith('ERR_PARSE_ARGS')
  say(isUsage ? `${error.message}\n\n${USAGE}` : error.message)
  process.exitCode = isUsage ? 2 : 3
}
