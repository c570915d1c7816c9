/** `isomer info`: what an image is. */
import { formatCount, formatExactBytes, formatSize } from '../../shared/format.ts'
import type { Finding } from '../../shared/image-model.ts'
import { type FileSystemFacts, fileSystemTitle } from '../image/file-system-facts.ts'
import { type ImageFacts, imageFacts } from '../image/image-facts.ts'
import { type OpenDisc, openDisc } from '../image/open-any-image.ts'
import { operandsOf, sessionOf, trackOf } from './arguments.ts'
import { bootRows, partitionRows, type Row } from './boot-rows.ts'
import { type Command, type CommandLine, commonOptions, progressOption, sessionOption, trackOption } from './command.ts'
import { withOpening } from './command-control.ts'
import { containerRows } from './container-rows.ts'
import { printable, printResult } from './output.ts'
import { findingLine } from './report.ts'
import { timestamp } from './timestamp.ts'

async function run(line: CommandLine): Promise<number> {
  const [imagePath] = operandsOf('info', info, line, 1, 1) as [string]
  const disc = await withOpening(line, (control) => openDisc(imagePath, { session: sessionOf(line), track: trackOf(line), control }))
  try {
    const facts = disc.image === null ? null : await imageFacts(disc.image, { checkpoint: () => undefined })
    if (line.options.flag('json')) printResult(`${JSON.stringify(facts === null ? withoutFiles(imagePath, disc) : asJson(facts))}\n`)
    else printResult(facts === null ? discText(imagePath, disc) : asText(facts))
    return 0
  } finally {
    disc.close()
  }
}

/** A disc in which nothing can be read as files. */
const withoutFiles = (path: string, { container, findings }: OpenDisc) => ({ path, container: container?.kind, disc: container, findings })

function discText(path: string, { container, findings }: OpenDisc): string {
  return textOf([['Image', path], ...(container === null ? [] : containerRows(container))], findings)
}

const moment = (epochMs: number | null): string | null => (epochMs === null ? null : timestamp(epochMs))

function asJson(facts: ImageFacts): object {
  const fileSystems = facts.fileSystems.map((fileSystem) => {
    const { createdMs, modifiedMs, expiresMs, effectiveMs, ...rest } = fileSystem
    const dates = { created: moment(createdMs), modified: moment(modifiedMs), expires: moment(expiresMs), effective: moment(effectiveMs) }
    return { ...rest, ...dates }
  })
  return { ...facts, fileSystems }
}

function asText(facts: ImageFacts): string {
  const [first] = facts.fileSystems
  const rows: Row[] = [
    ['Image', facts.path],
    ...(facts.disc === null ? [] : containerRows(facts.disc)),
    [facts.disc === null ? 'Size' : 'Data', `${formatExactBytes(facts.sizeBytes)} (${formatSize(facts.sizeBytes)})`],
    ['Label', facts.label === '' ? '(none)' : facts.label],
    ['File systems', facts.fileSystems.map(fileSystemTitle).join(', ')],
    ...(facts.otherFileSystems.length === 0 ? [] : [['Not read', facts.otherFileSystems.join(', ')] as const]),
    [
      'Holds',
      `${formatCount(facts.files, 'file', 'files')} and ${formatCount(facts.directories, 'folder', 'folders')}, ${formatSize(facts.contentBytes)}`,
    ],
    ...(first === undefined ? [] : identifierRows(first)),
    ...sessionRows(facts),
    ...bootRows(facts.boot),
    ...partitionRows(facts.partitionTables),
  ]
  return textOf(rows, facts.findings)
}

function textOf(rows: readonly Row[], findings: readonly Finding[]): string {
  const lines = rows.map(([name, value]) => `${name.padEnd(14)}${printable(value)}`)
  for (const finding of findings) lines.push(findingLine(finding))
  return `${lines.join('\n')}\n`
}

/** An only session is nothing to speak of. */
function sessionRows({ sessions, session }: ImageFacts): Row[] {
  if (sessions.length < 2) return []
  return sessions.map(({ number, startLba, sizeBlocks }) => [
    'Session',
    `${number}${number === session ? ' (shown)' : ''}, from sector ${startLba}, ${formatSize(sizeBlocks * 2048)}`,
  ])
}

function identifierRows(facts: FileSystemFacts): Row[] {
  const rows: [string, string | null][] = [
    ['Created', moment(facts.createdMs)],
    ['Modified', moment(facts.modifiedMs)],
    ['Expires', moment(facts.expiresMs)],
    ['Effective', moment(facts.effectiveMs)],
    ['System', facts.systemId],
    ['Volume set', facts.volumeSetId],
    ['Publisher', facts.publisherId],
    ['Prepared by', facts.preparerId],
    ['Made with', facts.applicationId],
  ]
  return rows.filter((row): row is [string, string] => row[1] !== null && row[1] !== '')
}

export const info: Command = {
  summary: 'tell what an image is',
  usage: 'info IMAGE [--session N] [--track N] [--json]',
  details:
    'Tells size, label, file systems, what the image says of its making, how much it holds, what firmware can start, partitions, and what is wrong or odd about it. Boot images and partitions are named as cat, list and extract know them: [BOOT]/1-bios.img.',
  options: { ...sessionOption, ...trackOption, ...progressOption, ...commonOptions },
  run,
}
