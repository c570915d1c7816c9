/** `isomer unmount`: lets mounted images go. */
import type { Mount } from '../../shared/mounts.ts'
import { Problem } from '../../shared/problem.ts'
import { systemMounts } from '../mounts/mounts.ts'
import { operandsOf } from './arguments.ts'
import { type Command, type CommandLine, commonOptions } from './command.ts'
import { printable, printResult } from './output.ts'

async function run(line: CommandLine): Promise<number> {
  const isAll = line.options.flag('all')
  const [what] = operandsOf('unmount', unmount, line, isAll ? 0 : 1, isAll ? 0 : 1)
  const mounts = systemMounts()
  // `--all` leaves alone what others mounted.
  const wanted = what === undefined ? (await mounts.list()).filter(({ madeByIsomer }) => madeByIsomer) : await mounts.find(what)
  const failures: Problem[] = []
  for (const mount of wanted) {
    try {
      await mounts.unmount(mount)
      say(mount, line)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      failures.push(error)
    }
  }
  if (failures[0] !== undefined) throw together(failures)
  return 0
}

function say(mount: Mount, line: CommandLine): void {
  if (line.options.flag('json')) printResult(`${JSON.stringify({ mountPoint: mount.mountPoint, imagePath: mount.imagePath })}\n`)
  else if (!line.options.flag('quiet')) printResult(`${printable(mount.mountPoint)} is no longer mounted.\n`)
}

/** One Problem for all that stayed mounted. */
function together(failures: readonly Problem[]): Problem {
  const [first] = failures
  if (first === undefined || failures.length === 1) return first as Problem
  return new Problem({ ...first.report, message: failures.map(({ report }) => report.message).join(' ') })
}

export const unmount: Command = {
  summary: 'let a mounted image go',
  usage: 'unmount IMAGE|MOUNTPOINT|--all [--json]',
  details:
    'Takes the image or the place it is mounted at. When something uses it, says what does, where the system tells, and leaves it mounted. --all lets go everything that Isomer mounted, and nothing else.',
  options: { all: { type: 'boolean', help: 'everything that Isomer mounted' }, ...commonOptions },
  run,
}
