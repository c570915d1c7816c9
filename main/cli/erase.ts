/** `isomer erase`: a rewritable disc made blank. */
import type { EraseResult } from '../../shared/drives.ts'
import { formatDuration } from '../../shared/format.ts'
import { decideErase } from '../drives/burn/burn-checks.ts'
import { discInDriveWords } from '../drives/burn/disc-words.ts'
import { parseDriveAddress } from '../drives/drive-address.ts'
import { eraseDisc } from '../drives/erase-disc.ts'
import { whileAwake } from '../drives/stay-awake.ts'
import { systemDrives } from '../drives/system-drives.ts'
import { operandsOf } from './arguments.ts'
import { type Command, type CommandLine, commonOptions, progressOption } from './command.ts'
import { withControl } from './command-control.ts'
import { confirm } from './confirm.ts'
import { printable, printResult } from './output.ts'
import { theDiscWords } from './the-disc.ts'

async function run(line: CommandLine): Promise<number> {
  const [drive] = operandsOf('erase', erase, line, 1, 1) as [string]
  const full = line.options.flag('full')
  const adapter = await systemDrives()
  const facts = await adapter.look(parseDriveAddress(drive))
  await confirm(line, `erase ${discInDriveWords(facts, decideErase(facts))}?`)
  const result = await withControl(line, (control) => whileAwake('Erasing a disc', () => eraseDisc({ drive, full }, adapter, control)))
  report(result, theDiscWords(facts, result.mediumKind), line)
  return 0
}

function report({ kind: _kind, durationMs, ...facts }: EraseResult, disc: string, line: CommandLine): void {
  if (line.options.flag('json')) printResult(`${JSON.stringify(facts)}\n`)
  else if (!line.options.flag('quiet')) printResult(`${printable(`Erased ${disc} in ${formatDuration(durationMs)}.`)}\n`)
}

export const erase: Command = {
  summary: 'make a rewritable disc blank',
  usage: 'erase DRIVE [--full] [--yes] [--json]',
  details:
    'Makes the CD-RW, DVD-RW, DVD+RW, DVD-RAM or BD-RE in DRIVE blank again, or a virtual disc (stdio:FILE). The quick way only removes what leads to the data, which special programs may still find; --full overwrites or formats all of it, which takes as long as writing it. Asks first, unless --yes is given.',
  options: {
    full: { type: 'boolean', help: 'overwrite or format the whole disc' },
    yes: { type: 'boolean', short: 'y', help: 'do not ask' },
    ...progressOption,
    ...commonOptions,
  },
  run,
}
