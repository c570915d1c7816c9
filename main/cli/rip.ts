/** `isomer rip`: a disc into an image. */
import { resolve } from 'node:path'
import type { MissingRange, ReadBack, RipResult } from '../../shared/drives.ts'
import { formatCount, formatDuration, formatExactBytes, formatNumber, formatSize } from '../../shared/format.ts'
import { MAX_RIP_RETRIES } from '../../shared/limits.ts'
import { ripDisc } from '../drives/rip/rip-disc.ts'
import { whileAwake } from '../drives/stay-awake.ts'
import { systemDrives } from '../drives/system-drives.ts'
import { operandsOf, usageProblem } from './arguments.ts'
import { type Command, type CommandLine, commonOptions, progressOption } from './command.ts'
import { withControl } from './command-control.ts'
import { printable, printNotice, printResult } from './output.ts'

const INCOMPLETE_EXIT = 1
/** Missing stretches shown to people; --json has more of them. */
const MAX_SHOWN = 20
const MAX_SHOWN_HITS = 3

async function run(line: CommandLine): Promise<number> {
  const [drive] = operandsOf('rip', rip, line, 1, 1) as [string]
  const { options } = line
  const outPath = options.value('output')
  if (outPath === null) throw usageProblem('missing-output', 'rip needs a name for the image: -o OUT.iso.', 'See isomer rip --help.')
  const mapPath = options.value('map')
  const request = {
    drive,
    outPath: resolve(outPath),
    mapPath: mapPath === null ? null : resolve(mapPath),
    retries: retriesOf(options.value('retries')),
    resume: options.flag('resume'),
    overwrite: options.flag('force'),
    verify: options.flag('verify'),
    whole: options.flag('whole'),
    fillUnread: options.flag('mark-unread'),
  }
  const adapter = await systemDrives()
  const result = await withControl(line, (control) => whileAwake('Reading a disc', () => ripDisc(request, adapter, control)))
  report(result, line)
  const isComplete = result.unreadBytes === 0 && result.secondReading?.isSame !== false
  return isComplete ? 0 : INCOMPLETE_EXIT
}

function retriesOf(text: string | null): number {
  if (text === null) return 0
  if (/^\d{1,3}$/.test(text) && Number(text) <= MAX_RIP_RETRIES) return Number(text)
  throw usageProblem('bad-option-value', `--retries needs a number from 0 to ${MAX_RIP_RETRIES}, not ${text}.`)
}

function report(result: RipResult, line: CommandLine): void {
  if (line.options.flag('json')) {
    const { kind: _kind, durationMs: _durationMs, cells: _cells, ...facts } = result
    printResult(`${JSON.stringify(facts)}\n`)
    return
  }
  if (!line.options.flag('quiet')) for (const text of noticesOf(result)) printNotice(`isomer: ${printable(text)}\n`)
  const { path, sizeBytes, unreadBytes, sha256, durationMs } = result
  if (unreadBytes > 0) printResult(missingText(result))
  if (line.options.flag('quiet')) return
  const whole = result.tracks === undefined ? (unreadBytes === 0 ? 'the whole disc' : 'what the disc gives') : trackWords(result.tracks)
  printResult(
    `Read ${whole} into ${printable(path)}: ${formatExactBytes(sizeBytes)} in ${formatDuration(durationMs)}.\nSHA-256 ${sha256}\n`,
  )
}

/** `3 tracks of audio and 1 of data`. */
function trackWords({ audio, data }: NonNullable<RipResult['tracks']>): string {
  return `${formatCount(audio, 'track of audio', 'tracks of audio')}${data === 0 ? '' : ` and ${data} of data`}`
}

function noticesOf({ protection, secondReading, mapPath, unreadBytes }: RipResult): string[] {
  const notices: string[] = []
  if (protection !== null) notices.push(protectionTexts[protection])
  if (secondReading !== null) notices.push(secondReadingText(secondReading))
  if (mapPath !== null && unreadBytes > 0)
    notices.push(`The map ${mapPath} says what is missing: --resume tries again for it, also in another drive or with ddrescue.`)
  return notices
}

const protectionTexts = {
  css: 'The video on this disc is scrambled (CSS). It was copied as it is: players can’t play it from the image without the disc’s keys, which no copy can hold.',
  'css-refused':
    'The drive gave everything on this disc but its video titles. That is how drives treat scrambled discs (CSS), unless a player proves to be one; a copy of such a disc is not possible here.',
  aacs: 'This disc is protected by AACS. It was copied as it is: players can’t play it from the image without the disc’s keys, which no copy can hold.',
}

function secondReadingText({ isSame, differingSectors, unreadableSectors, firstBadSector }: ReadBack): string {
  if (isSame) return 'Read a second time: the same.'
  const differing = differingSectors === 0 ? [] : [formatCount(differingSectors, 'sector differs', 'sectors differ')]
  const unreadable = unreadableSectors === 0 ? [] : [`${formatCount(unreadableSectors, 'sector', 'sectors')} could not be read again`]
  return `Read a second time: ${[...differing, ...unreadable].join(', ')}, the first is sector ${firstBadSector}. The image is not to be relied on.`
}

function missingText({ unreadBytes, missing, missingRangeCount, damagedFileCount, damagedFiles }: RipResult): string {
  const lines = [`${formatSize(unreadBytes)} could not be read, in ${formatCount(missingRangeCount, 'place', 'places')}:`]
  for (const range of missing.slice(0, MAX_SHOWN)) lines.push(`  ${rangeText(range)}`)
  if (missingRangeCount > MAX_SHOWN) lines.push(`  and ${formatCount(missingRangeCount - MAX_SHOWN, 'more', 'more')}`)
  if (damagedFileCount > 0) lines.push(`${formatCount(damagedFileCount, 'file is', 'files are')} damaged:`)
  for (const { path, missingBytes } of damagedFiles.slice(0, MAX_SHOWN)) lines.push(`  ${path} (${formatSize(missingBytes)} missing)`)
  if (damagedFileCount > MAX_SHOWN) lines.push(`  and ${formatCount(damagedFileCount - MAX_SHOWN, 'more', 'more')}`)
  return `${lines.map(printable).join('\n')}\n`
}

function rangeText({ firstSector, sectorCount, hits }: MissingRange): string {
  const last = firstSector + sectorCount - 1
  const where = sectorCount === 1 ? `sector ${formatNumber(firstSector)}` : `sectors ${formatNumber(firstSector)} to ${formatNumber(last)}`
  const more = hits.length > MAX_SHOWN_HITS ? ' and others' : ''
  return `${where}: ${hits.length === 0 ? 'no file' : hits.slice(0, MAX_SHOWN_HITS).join(', ')}${more}`
}

export const rip: Command = {
  summary: 'read a disc into an image',
  usage: 'rip DRIVE -o OUT [--map FILE] [--retries N] [--resume] [--verify] [--json]',
  details:
    'Reads a disc (a device such as /dev/sr0, or stdio:FILE for a virtual one) into an image of exactly its data. On a damaged disc the good parts come first, bad areas are tried sector by sector afterwards, and every sector that is missing in the end is named with the file it belongs to; the exit code is then 1. Until it is done the image is called OUT.partial. A map beside it, in the form of GNU ddrescue’s, says what was read: after a cancel, a crash or a power cut --resume goes on from there, and so does ddrescue. A disc with audio becomes OUT.cue and OUT.bin (on Linux, with cdrdao).',
  options: {
    output: { type: 'string', short: 'o', value: 'OUT', help: 'name of the image' },
    map: { type: 'string', value: 'FILE', help: 'where the map is kept; OUT.map when not given, removed when nothing is missing' },
    retries: { type: 'string', value: 'N', help: 'try unreadable sectors N more times at the end' },
    resume: { type: 'boolean', help: 'go on with an unfinished image and its map' },
    verify: { type: 'boolean', help: 'read the disc a second time and compare' },
    whole: { type: 'boolean', help: 'take all sectors of the disc, also those behind its file systems' },
    'mark-unread': { type: 'boolean', help: 'write “UNREAD SECTOR n” into sectors that could not be read, instead of zeros' },
    force: { type: 'boolean', short: 'f', help: 'replace an image of that name' },
    ...progressOption,
    ...commonOptions,
  },
  run,
}
