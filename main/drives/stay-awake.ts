/**
 * Keeps a computer from going to sleep while a drive works, for the command line; the window has Electron for that. Where
 * the system has no way, or does not allow it, the work goes on all the same.
 */
import { startTool, type ToolCommand } from './run-tool.ts'
import { scriptCommand } from './windows/powershell.ts'

/** Held until its input ends or the process of that number does; null where nothing is known. */
export function awakeCommand(platform: NodeJS.Platform, processId: number, why: string): ToolCommand | null {
  switch (platform) {
    case 'linux':
      return { program: 'systemd-inhibit', args: ['--what=idle:sleep', '--who=Isomer', `--why=${why}`, '--mode=block', 'cat'] }
    case 'darwin':
      return { program: 'caffeinate', args: ['-i', '-s', '-w', `${processId}`] }
    case 'win32':
      return scriptCommand('stayAwake', { pid: `${processId}` })
    default:
      return null
  }
}

/** Does the work with the computer awake. */
export async function whileAwake<T>(why: string, work: () => Promise<T>): Promise<T> {
  const command = awakeCommand(process.platform, process.pid, why)
  if (command === null) return work()
  // Of them only cat waits for an input's end, and so ends with us.
  const holder = startTool(command, { wantsInput: process.platform === 'linux' })
  const ended = holder.ended.catch(() => {}) // not installed, or not allowed
  try {
    return await work()
  } finally {
    holder.input?.end()
    holder.stop()
    await ended
  }
}
