/** `isomer flash`: an image to a USB stick or card. */
import { resolve } from 'node:path'
import type { FlashResult } from '../../shared/drives.ts'
import { formatDuration, formatSize } from '../../shared/format.ts'
import { targetWords } from '../drives/flash/flash-checks.ts'
import { chooseTarget, flashImage } from '../drives/flash/flash-image.ts'
import { readBackWords } from '../drives/read-back-words.ts'
import { whileAwake } from '../drives/stay-awake.ts'
import { systemFlash } from '../drives/system-drives.ts'
import { operandsOf } from './arguments.ts'
import { type Command, type CommandLine, commonOptions, progressOption } from './command.ts'
import { withControl } from './command-control.ts'
import { confirm } from './confirm.ts'
import { printable, printNotice, printResult } from './output.ts'

const DIFFERS_EXIT = 1

async function run(line: CommandLine): Promise<number> {
  const [image, device] = operandsOf('flash', flash, line, 2, 2) as [string, string]
  const request = { imagePath: resolve(image), device, verify: line.options.flag('verify') }
  const adapter = await systemFlash()
  const target = await chooseTarget(request, adapter)
  const labels = target.labels.length === 0 ? '' : `, and lose what is on it (${target.labels.join(', ')})`
  await confirm(line, `write ${image} over ${targetWords(target)}${labels}?`)
  const result = await withControl(line, (control) => whileAwake('Writing a stick', () => flashImage(request, adapter, control)))
  report(result, targetWords(target), line)
  return result.verified?.isSame === false ? DIFFERS_EXIT : 0
}

function report({ kind: _kind, durationMs, ...facts }: FlashResult, where: string, line: CommandLine): void {
  if (line.options.flag('json')) {
    printResult(`${JSON.stringify(facts)}\n`)
    return
  }
  if (line.options.flag('quiet')) return
  printResult(
    `${printable(`Wrote ${formatSize(facts.sizeBytes)} to ${where} in ${formatDuration(durationMs)}.`)}\nSHA-256 ${facts.sha256}\n`,
  )
  if (facts.verified !== null) printNotice(`isomer: ${readBackWords(facts.verified, 'stick')}\n`)
}

export const flash: Command = {
  summary: 'write an image to a USB stick or card',
  usage: 'flash IMAGE DEVICE --yes [--verify] [--json]',
  details:
    'Writes an image over a whole USB stick or card, such as /dev/sdb, and everything on it is lost. Only removable ones are written: never a disk of the computer, never one that holds the running system or the image. On Linux the system asks for an administrator’s password where it has a window to ask in (pkexec); elsewhere run it as root. A hybrid image starts computers from the stick.',
  options: {
    verify: { type: 'boolean', help: 'read the stick back and compare it, byte for byte' },
    yes: { type: 'boolean', short: 'y', help: 'do not ask' },
    ...progressOption,
    ...commonOptions,
  },
  run,
}
