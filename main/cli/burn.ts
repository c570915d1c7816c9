/** `isomer burn`: an image or a folder to a disc. */
import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { BurnedCopy, BurnRequest, BurnResult, BurnSource, DriveFacts } from '../../shared/drives.ts'
import { formatCount, formatDuration, formatSize } from '../../shared/format.ts'
import { defaultCreateOptions } from '../../shared/image-project.ts'
import { MAX_COPIES } from '../../shared/limits.ts'
import { ioProblem } from '../bytes/io-problem.ts'
import { requireAddable } from '../drives/burn/added-session.ts'
import { decideBurn } from '../drives/burn/burn-checks.ts'
import { burnDisc } from '../drives/burn/burn-disc.ts'
import { discInDriveWords } from '../drives/burn/disc-words.ts'
import { parseDriveAddress } from '../drives/drive-address.ts'
import { readBackWords } from '../drives/read-back-words.ts'
import { whileAwake } from '../drives/stay-awake.ts'
import { systemDrives } from '../drives/system-drives.ts'
import { operandsOf, usageProblem } from './arguments.ts'
import { type Command, type CommandLine, commonOptions, progressOption } from './command.ts'
import { withControl } from './command-control.ts'
import { confirm } from './confirm.ts'
import { printable, printNotice, printResult } from './output.ts'
import { theDiscWords } from './the-disc.ts'

const DIFFERS_EXIT = 1

async function run(line: CommandLine): Promise<number> {
  const [what, drive] = operandsOf('burn', burn, line, 2, 2) as [string, string]
  const { options } = line
  const request: BurnRequest = {
    source: sourceOf(what, options.value('label')),
    drive,
    speedTimes: speedOf(options.value('speed')),
    simulate: options.flag('simulate'),
    erase: options.flag('erase'),
    verify: options.flag('verify'),
    eject: options.flag('eject'),
    force: options.flag('force'),
    copies: copiesOf(options.value('copies')),
    leaveOpen: options.flag('leave-open'),
    append: options.flag('append'),
  }
  requireAddable(request)
  const adapter = await systemDrives()
  const facts = await adapter.look(parseDriveAddress(drive))
  await confirm(line, questionOf(what, facts, request))
  const result = await withControl(line, (control) => whileAwake('Burning a disc', () => burnDisc(request, adapter, control)))
  report(result, facts, line)
  return result.copies.every(isGood) ? 0 : DIFFERS_EXIT
}

/** A disc that could not be compared is no success when comparing was asked for. */
const isGood = ({ verified, verifyProblem }: BurnedCopy): boolean => verifyProblem === null && verified?.isSame !== false

function sourceOf(what: string, label: string | null): BurnSource {
  const path = resolve(what)
  let isFolder: boolean
  try {
    isFolder = statSync(path).isDirectory()
  } catch (error) {
    throw ioProblem(error, `Could not read ‘${what}’.`, 'Nothing was done.')
  }
  if (!isFolder) return { kind: 'image', path }
  return {
    kind: 'project',
    project: {
      version: 1,
      steps: [{ step: 'add', hostPath: path, into: '/', contentsOnly: true }],
      options: { ...defaultCreateOptions, label },
    },
  }
}

function speedOf(text: string | null): number | null {
  if (text === null) return null
  const times = /^(\d{1,3}(?:\.\d)?)x?$/i.exec(text)?.[1]
  if (times === undefined || Number(times) === 0)
    throw usageProblem('bad-option-value', `--speed needs a number such as 4 for 4x, not ${text}.`)
  return Number(times)
}

function copiesOf(text: string | null): number {
  if (text === null) return 1
  if (/^\d{1,2}$/.test(text) && Number(text) >= 1) return Number(text)
  throw usageProblem('bad-option-value', `--copies needs a number from 1 to ${MAX_COPIES}, not ${text}.`)
}

function questionOf(what: string, facts: DriveFacts, request: BurnRequest): string {
  // What is certain not to be possible is said before anybody is asked.
  const sizeBytes = request.source.kind === 'image' ? statSync(request.source.path).size : 0
  const { medium, mustErase } = decideBurn(facts, { ...request, sizeBytes })
  const isAdded = request.append === true && medium.state !== 'blank'
  const verb = request.simulate ? 'simulate burning' : mustErase ? 'erase the disc and burn' : isAdded ? 'add' : 'burn'
  const discs = request.copies === 1 ? '' : `, ${formatCount(request.copies, 'disc', 'discs')}`
  return `${verb} ${what} to ${discInDriveWords(facts, medium)}${discs}?`
}

function report(result: BurnResult, facts: DriveFacts, line: CommandLine): void {
  if (line.options.flag('json')) {
    const { kind: _kind, durationMs: _durationMs, ...rest } = result
    printResult(`${JSON.stringify(rest)}\n`)
    return
  }
  const { copies, simulated, sizeBytes, durationMs, sha256 } = result
  if (!line.options.flag('quiet')) {
    const disc = theDiscWords(facts, result.mediumKind)
    const done = simulated ? 'Simulated' : 'Wrote'
    printResult(`${printable(`${done} ${formatSize(sizeBytes)} to ${disc} in ${formatDuration(durationMs)}.`)}\n`)
    if (sha256 !== null) printResult(`SHA-256 ${sha256}\n`)
  }
  for (const [i, copy] of copies.entries())
    for (const text of copyTexts(copy)) say(copies.length === 1 ? text : `Disc ${i + 1}: ${text}`, line)
}

function copyTexts({ verified, verifyProblem, ejected }: BurnedCopy): string[] {
  const texts: string[] = []
  if (verified !== null) texts.push(readBackWords(verified, 'disc'))
  if (verifyProblem !== null) texts.push(`It was written, but could not be compared. ${verifyProblem}`)
  if (ejected === false) texts.push('The drive did not open.')
  return texts
}

function say(text: string, line: CommandLine): void {
  if (!line.options.flag('quiet')) printNotice(`isomer: ${printable(text)}\n`)
}

export const burn: Command = {
  summary: 'write an image or a folder to a disc',
  usage: 'burn IMAGE|FOLDER DRIVE [--speed N] [--verify] [--simulate] [--erase] [--append] [--leave-open] [--copies N] [--yes] [--json]',
  details:
    'Writes an image, or the contents of a folder (laid out while it is written, without an image in between), to the disc in DRIVE: a device such as /dev/sr0, or stdio:FILE for a virtual disc. Asks first, unless --yes is given. A disc with data on it is only written when it is rewritable and --erase says that it may be erased. With --leave-open a CD-R, DVD-R, DVD+R or BD-R takes more sessions; --append adds the contents of a folder to what is on such a disc, in a session of its own. Written, compared and opened are separate results; the exit code is 1 when the disc is not as it should be. Programs of the system do the writing: xorriso, else cdrskin, growisofs or wodim.',
  options: {
    speed: { type: 'string', value: 'N', help: 'such as 4 for 4x; the fastest that drive and disc agree on when not given' },
    verify: { type: 'boolean', help: 'read the disc back and compare it, byte for byte' },
    simulate: { type: 'boolean', help: 'do everything with the laser off; CD and DVD-R only' },
    erase: { type: 'boolean', help: 'erase a rewritable disc first, if there is data on it' },
    append: { type: 'boolean', help: 'add a folder to what is on a disc that was left open' },
    'leave-open': { type: 'boolean', help: 'let the disc take more sessions; without UDF, for a folder' },
    eject: { type: 'boolean', help: 'open the drive at the end' },
    copies: { type: 'string', value: 'N', help: 'make N discs; the drive opens between them and waits for the next' },
    label: { type: 'string', value: 'L', help: 'volume label, for a folder' },
    force: { type: 'boolean', short: 'f', help: 'burn an image that is cut off' },
    yes: { type: 'boolean', short: 'y', help: 'do not ask' },
    ...progressOption,
    ...commonOptions,
  },
  run,
}
