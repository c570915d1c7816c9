/** `isomer mounts`: which images are mounted. */
import type { Mount, MountedImageState } from '../../shared/mounts.ts'
import { systemMounts } from '../mounts/mounts.ts'
import { operandsOf } from './arguments.ts'
import { type Command, type CommandLine, commonOptions } from './command.ts'
import { printable, printNotice, printResult } from './output.ts'
import { timestamp } from './timestamp.ts'

const remarks: Readonly<Record<MountedImageState, string>> = {
  same: '',
  unknown: '',
  changed: '  (the image was changed since)',
  gone: '  (the image is no longer there)',
}

async function run(line: CommandLine): Promise<number> {
  operandsOf('mounts', mounts, line, 0, 0)
  const all = await systemMounts().list()
  if (line.options.flag('json')) for (const mount of all) printResult(`${JSON.stringify(asJson(mount))}\n`)
  else if (all.length === 0 && !line.options.flag('quiet')) printNotice('No image is mounted.\n')
  else for (const mount of all) printResult(`${printable(asText(mount))}\n`)
  return 0
}

function asJson({ sinceMs, ...rest }: Mount): object {
  return { ...rest, since: sinceMs === null ? null : timestamp(sinceMs) }
}

function asText({ imagePath, mountPoint, sinceMs, madeByIsomer, imageState }: Mount): string {
  const since = sinceMs === null ? '' : `, since ${timestamp(sinceMs)}`
  return `${mountPoint}  ${imagePath ?? '(image unknown)'}${madeByIsomer ? since : ', mounted outside Isomer'}${remarks[imageState]}`
}

export const mounts: Command = {
  summary: 'list the images that are mounted',
  usage: 'mounts [--json]',
  details: 'Lists mounted images, also those mounted outside Isomer. With --json, one object a line.',
  options: { ...commonOptions },
  run,
}
