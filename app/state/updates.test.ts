import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Settings } from './settings.ts'
import { Updates } from './updates.ts'

const HOUR_MS = 3_600_000
const url = 'https://isomer.example/newest.json'
const page = 'https://isomer.example/download'
const announcing = (version: string) => JSON.stringify({ version, page })

describe('looking for new versions', () => {
  let folder: string
  let nowMs: number
  const ask = vi.fn<(url: string) => Promise<string>>()
  const tell = vi.fn<(version: string) => void>()
  const settings = () => new Settings(join(folder, 'settings.json'))
  const started = (kept = settings(), at: string | null = url) => new Updates(kept, { own: '0.1.0', url: at, ask, tell, now: () => nowMs })
  const wanting = () => {
    const kept = settings()
    kept.set('lookForUpdates', true)
    return kept
  }
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'isomer-updates-'))
    nowMs = Date.UTC(2026, 10, 30)
    ask.mockReset().mockImplementation(() => Promise.resolve(announcing('0.2.0')))
    tell.mockReset()
    vi.spyOn(console, 'error').mockImplementation(() => {})
  })
  afterEach(() => {
    vi.restoreAllMocks()
    rmSync(folder, { recursive: true })
  })

  it('asks nobody by itself unless that is wanted', async () => {
    await started().lookWhenDue()
    expect(ask).not.toHaveBeenCalled()
  })

  it('asks nobody where there is nobody to ask, wanted or not', async () => {
    const updates = started(wanting(), null)
    await updates.lookWhenDue()
    await expect(updates.look()).rejects.toMatchObject({ report: { code: 'updates-nowhere' } })
    expect(updates.host).toBeNull()
    expect(ask).not.toHaveBeenCalled()
  })

  it('asks once a day, over starts and whoever asked', async () => {
    await started(wanting()).lookWhenDue()
    nowMs += 23 * HOUR_MS
    await started().lookWhenDue()
    expect(ask).toHaveBeenCalledTimes(1)
    nowMs += HOUR_MS
    await started().look()
    await started().lookWhenDue()
    expect(ask).toHaveBeenCalledTimes(2)
    nowMs += 24 * HOUR_MS
    await started().lookWhenDue()
    expect(ask).toHaveBeenCalledTimes(3)
    expect(ask).toHaveBeenLastCalledWith(url)
  })

  it('goes on when the clock was wrong once', async () => {
    nowMs += 1000 * 24 * HOUR_MS
    await started(wanting()).lookWhenDue()
    nowMs -= 1000 * 24 * HOUR_MS
    await started().lookWhenDue()
    expect(ask).toHaveBeenCalledTimes(2)
  })

  it('doesn’t try again all day, and says nothing, when nobody answers', async () => {
    ask.mockRejectedValue(new Error('net::ERR_INTERNET_DISCONNECTED'))
    const updates = started(wanting())
    await updates.lookWhenDue()
    nowMs += HOUR_MS
    await updates.lookWhenDue()
    expect(ask).toHaveBeenCalledTimes(1)
    expect(tell).not.toHaveBeenCalled()
  })

  it('tells of a new version until it is passed over, and then of the next one', async () => {
    const updates = started(wanting())
    await updates.lookWhenDue()
    nowMs += 24 * HOUR_MS
    await updates.lookWhenDue()
    expect(tell.mock.calls).toEqual([['0.2.0'], ['0.2.0']])
    expect(updates.page).toBe(page)
    updates.passOver()
    nowMs += 24 * HOUR_MS
    await started().lookWhenDue()
    expect(tell).toHaveBeenCalledTimes(2)
    ask.mockResolvedValue(announcing('0.3.0'))
    nowMs += 24 * HOUR_MS
    await started().lookWhenDue()
    expect(tell).toHaveBeenLastCalledWith('0.3.0')
  })

  it.each(['0.1.0', '0.0.9', '0.2.0-rc.1'])('takes %s for nothing new', async (version) => {
    ask.mockResolvedValue(announcing(version))
    const updates = started(wanting())
    await updates.lookWhenDue()
    expect(await updates.look()).toBeNull()
    expect(updates.page).toBeNull()
    expect(tell).not.toHaveBeenCalled()
  })

  it('answers whoever asks, also of a version that was passed over', async () => {
    const updates = started()
    expect(await updates.look()).toBe('0.2.0')
    updates.passOver()
    expect(await updates.look()).toBe('0.2.0')
    ask.mockResolvedValue('<!doctype html>')
    await expect(updates.look()).rejects.toMatchObject({ report: { code: 'updates-not-understood' } })
  })

  it('asks once for two who ask at the same time', async () => {
    const updates = started()
    expect(await Promise.all([updates.look(), updates.look()])).toEqual(['0.2.0', '0.2.0'])
    expect(ask).toHaveBeenCalledTimes(1)
  })
})
