/** `isomer drives`: drives for discs, and what is in them. */
import type { DriveFacts, MediumFacts } from '../../shared/drives.ts'
import { formatCount, formatSize } from '../../shared/format.ts'
import { parseDriveAddress } from '../drives/drive-address.ts'
import { systemDrives } from '../drives/system-drives.ts'
import { operandsOf } from './arguments.ts'
import { type Command, type CommandLine, commonOptions } from './command.ts'
import { printable, printNotice, printResult } from './output.ts'
import { stateWords } from './the-disc.ts'

async function run(line: CommandLine): Promise<number> {
  const [named] = operandsOf('drives', drives, line, 0, 1)
  const adapter = await systemDrives()
  const found = named === undefined ? await adapter.list() : [await adapter.look(parseDriveAddress(named))]
  if (line.options.flag('json')) {
    for (const drive of found) printResult(`${JSON.stringify(drive)}\n`)
    return 0
  }
  for (const drive of found) printResult(`${driveLines(drive).map(printable).join('\n')}\n`)
  if (found.length === 0 && !line.options.flag('quiet'))
    printNotice('isomer: There is no drive for discs here. stdio:FILE is a virtual disc to try things with.\n')
  return 0
}

function driveLines({ address, vendor, model, revision, medium, unknownBecause }: DriveFacts): string[] {
  const lines = [`${address}  ${[vendor, model, revision].filter((part) => part !== '').join(' ')}`]
  lines.push(medium === null ? '  no disc' : `  ${medium.kind ?? 'a disc of an unknown kind'}: ${stateWords(medium)}`)
  if (medium !== null) lines.push(...mediumLines(medium))
  if (unknownBecause !== null) lines.push(`  more is not known: ${unknownBecause}`)
  return lines
}

function mediumLines({ capacityBytes, freeBytes, sessions, writeSpeeds }: MediumFacts): string[] {
  const lines: string[] = []
  if (capacityBytes !== null) lines.push(`  holds ${formatSize(capacityBytes)}, ${formatSize(freeBytes)} free`)
  if (sessions.length > 1)
    lines.push(`  ${formatCount(sessions.length, 'session', 'sessions')}: ${sessions.map(({ label }) => label ?? '-').join(', ')}`)
  if (writeSpeeds.length > 0) lines.push(`  writes at ${writeSpeeds.map(({ times }) => times).join(', ')}`)
  return lines
}

export const drives: Command = {
  summary: 'list drives for discs, and what is in them',
  usage: 'drives [DRIVE] [--json]',
  details:
    'Lists the drives of this computer with their disc: its kind, whether it is blank, appendable or closed, its sessions, its size and free space, and the speeds it can be written at. With DRIVE only this one; stdio:FILE is a virtual disc, a file that behaves like a rewritable disc.',
  options: { ...commonOptions },
  run,
}
