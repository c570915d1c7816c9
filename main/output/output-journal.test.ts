/** What a killed process left half-written is found and removed; nothing else ever is. */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Writable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { OutputJournal, sweepOutputs } from './output-journal.ts'
import { isRunning } from './running-process.ts'

/** A process id that belongs to nobody any more. */
const endedPid = () => spawnSync(process.execPath, ['-e', '']).pid

let folder: string
let journal: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'isomer-journal-'))
  journal = join(folder, 'outputs')
})
afterEach(() => rmSync(folder, { recursive: true }))

/** What a process of this number would have left: the half-written file, and its note. */
function leave(pid: number, path: string, changes: object = {}): void {
  writeFileSync(path, 'half')
  const stats = statSync(path, { bigint: true })
  mkdirSync(journal, { recursive: true })
  const note = { path, device: `${stats.dev}`, inode: `${stats.ino}`, bornNs: `${stats.birthtimeNs}`, ...changes }
  writeFileSync(join(journal, `${pid}.json`), JSON.stringify(note))
}
const hidden = (pid: number) => join(folder, `.isomer-${pid}-0123456789ab.part`)

describe('the journal of outputs', () => {
  it('notes what is being written, and nothing when it is over', () => {
    const mine = new OutputJournal(journal)
    const path = hidden(process.pid)
    writeFileSync(path, 'half')
    mine.note(path)
    expect(readdirSync(journal)).toEqual([`${process.pid}.json`])
    expect(sweepOutputs(journal)).toEqual({ removed: [], atWork: [process.pid] })
    expect(existsSync(path)).toBe(true)
    mine.note(null)
    mine.end()
    expect(readdirSync(journal)).toEqual([])
  })

  it('removes the hidden file of a process that is gone, wherever it lies', () => {
    const pid = endedPid()
    leave(pid, hidden(pid))
    expect(sweepOutputs(journal)).toEqual({ removed: [hidden(pid)], atWork: [] })
    expect(existsSync(hidden(pid))).toBe(false)
    expect(readdirSync(journal)).toEqual([])
  })

  it('removes a file under its own name only if it is the very same file', () => {
    const pid = endedPid()
    const path = join(folder, 'photo.jpg')
    leave(pid, path)
    const bornNs = statSync(path, { bigint: true }).birthtimeNs
    expect(sweepOutputs(journal).removed).toEqual(bornNs > 0n ? [path] : [])
    for (const changes of [{ inode: '1' }, { bornNs: '1' }, { device: '1' }]) {
      leave(pid, path, changes)
      expect(sweepOutputs(journal).removed).toEqual([])
      expect(existsSync(path)).toBe(true)
    }
  })

  it.each(['', '{', '{"path":7}', '[]', 'null', JSON.stringify({ path: '/etc/passwd' })])(
    'leaves everything alone for the note %s',
    (text) => {
      mkdirSync(journal)
      writeFileSync(join(journal, `${endedPid()}.json`), text)
      expect(sweepOutputs(journal)).toEqual({ removed: [], atWork: [] })
    },
  )

  it('knows nothing to remove where nothing was ever noted', () => {
    expect(sweepOutputs(journal)).toEqual({ removed: [], atWork: [] })
  })

  it.skipIf(process.platform !== 'linux')('takes a process that only waits to be taken note of for ended', async () => {
    // The shell starts a child, becomes a program that never asks about it, and only then does the child end.
    const script = 'sh -c "read line" <&3 & echo $!; exec sleep 60 3<&-'
    const parent = spawn('sh', ['-c', script], { stdio: ['ignore', 'pipe', 'ignore', 'pipe'] })
    const pid = await new Promise<number>((resolve) => parent.stdout?.once('data', (text) => resolve(Number(`${text}`.trim()))))
    await expect.poll(() => readFileSync(`/proc/${parent.pid}/comm`, 'utf8')).toBe('sleep\n')
    ;(parent.stdio[3] as Writable).end('end\n')
    while (isRunning(pid)) await new Promise((resolve) => setTimeout(resolve, 10))
    expect(() => process.kill(pid, 0)).not.toThrow()
    parent.kill()
  })
})
