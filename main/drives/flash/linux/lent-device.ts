/** A device that the system lends to an ordinary user for as long as an image is written, once polkit was given an administrator's password. */
import { accessSync, constants } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FlashTarget } from '../../../../shared/drives.ts'
import type { JobControl } from '../../../../shared/job.ts'
import { isInstalled } from '../../linux/installed-tools.ts'
import { endingOf, startTool, type ToolCommand, type ToolEnd } from '../../run-tool.ts'
import { targetWords } from '../flash-checks.ts'
import { needsAdministrator } from '../flash-problems.ts'

const LENT = 'lent'
const LOOK_AGAIN_MS = 200
/** What pkexec ends with when the question was left, and when there is nobody who could be asked. */
const DISMISSED = 126
const NOT_AUTHORIZED = 127

/**
 * Makes the user the device's owner until its input ends, which it does when this process dies too; then the device is
 * the system's again, which looks at what is on it now.
 */
const SCRIPT = `chown "$1" "$2" && echo ${LENT} && cat > /dev/null; chown 0 "$2"; blockdev --rereadpt "$2"`

export const lendCommand = (path: string, userId: number): ToolCommand => ({
  program: 'pkexec',
  args: ['--disable-internal-agent', '/bin/sh', '-c', SCRIPT, 'sh', `${userId}`, path],
})

/**
 * Gives what returns the device; does nothing for who may write it already, and where there is no polkit to ask.
 * Throws an `io` Problem when the system says no, and the cancelled one when somebody cancels instead of answering.
 */
export async function lendDevice(target: FlashTarget, control: JobControl): Promise<() => Promise<void>> {
  if (mayWrite(target.path) || !isInstalled('pkexec')) return async () => {}
  control.log('info', `The system is asked to lend ${targetWords(target)}: it wants an administrator’s password.`)
  let isLent = false
  const onLine = (line: string) => {
    if (line === LENT) isLent = true
  }
  const loan = startTool(lendCommand(target.path, process.getuid?.() ?? 0), { wantsInput: true, onLine })
  const state: { end: ToolEnd | null } = { end: null }
  const ended = loan.ended.then((end) => {
    state.end = end
  })
  const giveBack = async () => {
    loan.input?.end()
    await ended
  }
  try {
    while (!isLent) {
      if (state.end !== null) throw refused(target, state.end)
      await control.checkpoint()
      await Promise.race([ended, sleep(LOOK_AGAIN_MS)])
    }
    return giveBack
  } catch (error) {
    loan.stop()
    await giveBack()
    throw error
  }
}

function mayWrite(path: string): boolean {
  try {
    accessSync(path, constants.R_OK | constants.W_OK)
    return true
  } catch {
    return false
  }
}

function refused(target: FlashTarget, end: ToolEnd) {
  const asRoot = 'Do it as root: sudo isomer flash …'
  if (end.exitCode === DISMISSED) return needsAdministrator(target, 'Give the password when the system asks for it.')
  if (end.exitCode === NOT_AUTHORIZED) return needsAdministrator(target, asRoot)
  return needsAdministrator(target, asRoot, { technical: `pkexec ended with ${endingOf(end)}: ${end.text.trim()}` })
}
