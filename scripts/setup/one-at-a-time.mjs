import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

const POLL_MS = 250

function take(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

/** A process that was killed leaves its lock behind; an empty lock is one being written. */
function isAbandoned(lock) {
  try {
    const pid = Number(readFileSync(lock, 'utf8'))
    if (pid > 0) process.kill(pid, 0)
    return false
  } catch (error) {
    return error.code === 'ESRCH'
  }
}

/** Runs `work` while no other process runs work under the same lock file: two starts at once must not build into each other. */
export async function oneAtATime(lock, say, work) {
  let waiting = false
  while (!take(lock)) {
    if (isAbandoned(lock)) rmSync(lock, { force: true })
    else {
      if (!waiting) say('Waiting for another start of the app to finish its set-up…')
      waiting = true
      await sleep(POLL_MS)
    }
  }
  try {
    return await work()
  } finally {
    rmSync(lock, { force: true })
  }
}
