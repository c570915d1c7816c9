/** The installed window on a display of the host's, so that nothing but the package's own dependencies brings libraries along. */
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { run, userCommand, userEnvironment } from './bare-system.mjs'

const WINDOW_PATIENCE_MS = 120_000
const END_PATIENCE_MS = 30_000
/** Time to do what it should not. */
const WATCHED_MS = 5000
/** What xwininfo says of a window: its title, then its class in two forms. */
const WINDOW = /"Isomer": \("([^"]*)" "([^"]*)"\)/

const mounts = () => readFileSync('/proc/self/mountinfo', 'utf8')

async function until(patienceMs, look) {
  const endMs = performance.now() + patienceMs
  for (;;) {
    const seen = look()
    if (seen || performance.now() > endMs) return seen
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}

async function startDisplay(system) {
  const display = spawn('Xvfb', ['-displayfd', '1', '-screen', '0', '1280x800x24', '-nolisten', 'tcp', '-ac'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const number = await new Promise((resolve) => display.stdout.once('data', (text) => resolve(`${text}`.trim())))
  const place = join(system, 'tmp/.X11-unix')
  mkdirSync(place, { recursive: true })
  run('mount', ['--bind', '/tmp/.X11-unix', place])
  const stop = () => {
    run('umount', ['-l', place])
    display.kill()
  }
  return { name: `:${number}`, stop }
}

/** Opens the window, watches it and asks it to end: `{ isShown, classes, isCalm, hasEnded, said }`. */
export async function watchWindow(system, { command, folder }) {
  const display = await startDisplay(system)
  const before = mounts()
  const app = spawn('chroot', userCommand(system, [command]), {
    env: { ...userEnvironment, DISPLAY: display.name },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  let said = ''
  for (const stream of [app.stdout, app.stderr]) stream.on('data', (text) => (said += text))
  const look = () => WINDOW.exec(run('xwininfo', ['-root', '-tree', '-display', display.name]).stdout)
  await until(WINDOW_PATIENCE_MS, () => look() || app.exitCode !== null)
  const shown = look()
  await new Promise((resolve) => setTimeout(resolve, WATCHED_MS))
  const isCalm = mounts() === before
  const pid = Number(run('pgrep', ['-f', '-o', `^/${folder}/isomer-app$`]).stdout || Number.NaN)
  if (Number.isInteger(pid)) process.kill(pid, 'SIGTERM')
  const hasEnded = await until(END_PATIENCE_MS, () => app.exitCode !== null || app.signalCode !== null)
  if (!hasEnded) process.kill(-app.pid, 'SIGKILL')
  display.stop()
  return { isShown: shown !== null, classes: shown?.slice(1) ?? [], isCalm, hasEnded, said: said.trim().split('\n').slice(-5).join(' | ') }
}
