import type { IpcMainInvokeEvent } from 'electron'
import { describe, expect, it, vi } from 'vitest'
import { type IpcHandlers, ipc, type Reply } from '../../shared/ipc.ts'
import { Problem } from '../../shared/problem.ts'
import { bindHandlers } from './bind.ts'

type Invoke = (channel: string, argument?: unknown) => Promise<Reply<unknown>>
const token = '4f5c1a52-0bfb-4a0f-9f3f-0d6d0a4f8f11'

/** Binds handlers that answer with what they were asked, and gives the way in. */
function bound({ trusted = true, answers = {} }: { trusted?: boolean; answers?: Record<string, (argument: unknown) => unknown> } = {}) {
  const channels = new Map<string, (event: IpcMainInvokeEvent, argument: unknown) => unknown>()
  const echo = (channel: string) => (argument: unknown) => (answers[channel] ?? (() => ({ channel, argument })))(argument)
  const handlers = Object.fromEntries(
    Object.entries(ipc).map(([group, calls]) => [
      group,
      Object.fromEntries(Object.keys(calls).map((name) => [name, echo(`${group}.${name}`)])),
    ]),
  ) as unknown as IpcHandlers<object>
  bindHandlers({ handle: (channel, listener) => void channels.set(channel, listener) }, handlers, () => (trusted ? {} : null))
  const invoke: Invoke = async (channel, argument) => (await channels.get(channel)?.({} as IpcMainInvokeEvent, argument)) as Reply<unknown>
  return { channels, invoke }
}

describe('handlers bound from the table', () => {
  it('are there for every question and for no news', () => {
    const { channels } = bound()
    expect(channels.has('create.start')).toBe(true)
    expect(channels.has('sources.admit')).toBe(true)
    expect(channels.has('jobs.changed')).toBe(false)
  })

  it('answer in a reply', async () => {
    expect(await bound().invoke('jobs.cancel', { jobId: token })).toEqual({
      ok: true,
      value: { channel: 'jobs.cancel', argument: { jobId: token } },
    })
  })

  for (const [what, channel, argument] of [
    ['a path instead of a token', 'create.start', { target: '/etc/passwd' }],
    ['a member that is not in the table', 'create.start', { target: token, path: '/etc/passwd' }],
    ['nothing where something belongs', 'staging.add', undefined],
    ['something where nothing belongs', 'jobs.list', {}],
    ['an empty list', 'staging.remove', { paths: [] }],
    ['a staged path that does not begin at the root', 'staging.rows', { path: 'photos' }],
    ['an option that does not exist', 'staging.setOptions', { iso: 3 }],
    ['too long a page', 'staging.changes', { offset: 0, limit: 100_000 }],
  ] as const)
    it(`refuse ${what} as a usage problem, and do nothing`, async () => {
      const handler = vi.fn()
      const reply = await bound({ answers: { [channel]: handler } }).invoke(channel, argument)
      expect(reply).toMatchObject({ ok: false, problem: { kind: 'usage', code: 'bad-argument' } })
      expect(handler).not.toHaveBeenCalled()
    })

  it('refuse a sender that is not ours before they look at anything', async () => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => {})
    const handler = vi.fn()
    const reply = await bound({ trusted: false, answers: { 'jobs.list': handler } }).invoke('jobs.list')
    expect(reply).toMatchObject({ ok: false, problem: { code: 'untrusted-sender' } })
    expect(handler).not.toHaveBeenCalled()
    expect(logged).toHaveBeenCalledOnce()
    logged.mockRestore()
  })

  it('give a problem as the problem it is, and any other error as a fault of ours', async () => {
    const problem = { kind: 'io', code: 'gone', message: 'It is gone.' } as const
    const known = bound({
      answers: {
        'jobs.list': () => {
          throw new Problem(problem)
        },
      },
    })
    expect(await known.invoke('jobs.list')).toEqual({ ok: false, problem })
    const logged = vi.spyOn(console, 'error').mockImplementation(() => {})
    const unknown = bound({ answers: { 'jobs.list': () => Promise.reject(new TypeError('x is not a function')) } })
    expect(await unknown.invoke('jobs.list')).toMatchObject({ ok: false, problem: { kind: 'bug', code: 'internal' } })
    expect(logged).toHaveBeenCalledOnce()
    logged.mockRestore()
  })
})
