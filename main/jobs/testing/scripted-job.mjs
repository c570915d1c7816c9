/**
 * A job's process that does what its first argument says, so that tests see each way a process can behave:
 * `finish` · `work` until it is cancelled · `deaf` to cancelling · `die` half-way · `lie` about its temporary file and die.
 */
import { rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

const [behaviour, unrelatedFile] = process.argv.slice(2)
const post = (message) => process.send(message)
const progress = (doneBytes) =>
  post({ type: 'progress', progress: { phase: 'write', doneBytes, totalBytes: 1000, doneItems: 1, current: 'a.txt' } })

function writeTemporary(outPath) {
  const path = `${outPath}.part`
  writeFileSync(path, 'half')
  post({ type: 'temporary', path })
  return path
}

function finish(outPath) {
  writeFileSync(outPath, 'whole')
  progress(1000)
  const counts = { files: 1, directories: 0, changeCount: 0, skipped: [], durationMs: 1 }
  post({ type: 'done', result: { kind: 'create', path: outPath, sizeBytes: 5, sha256: null, ...counts } })
}

function work(outPath) {
  const temporary = writeTemporary(outPath)
  progress(100)
  process.on('message', ({ type }) => {
    if (type !== 'cancel' || behaviour === 'deaf') return
    rmSync(temporary)
    post({ type: 'failed', problem: { kind: 'cancelled', code: 'cancelled', message: 'Stopped as you asked.' } })
  })
}

/** Dies only when its messages are out. */
const die = () =>
  process.send({ type: 'log', line: { atMs: 0, level: 'info', text: 'last words' } }, () => process.kill(process.pid, 'SIGKILL'))

function start({ outPath }) {
  if (behaviour === 'finish') finish(outPath)
  else if (behaviour === 'work' || behaviour === 'deaf') work(outPath)
  else if (behaviour === 'die') {
    writeTemporary(outPath)
    die()
  } else if (behaviour === 'lie') {
    if (dirname(unrelatedFile) === dirname(outPath)) throw new Error('the unrelated file must be elsewhere')
    post({ type: 'temporary', path: unrelatedFile })
    die()
  }
}

process.on('disconnect', () => process.exit(1))
process.on('message', (message) => message.type === 'start' && start(message.spec))
post({ type: 'ready' })
