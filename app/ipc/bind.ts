/** Handlers, derived from the table in shared/ipc.ts: each checks the sender, then the argument, then answers in a Reply. */
import type { IpcMain, IpcMainInvokeEvent } from 'electron'
import * as v from 'valibot'
import { type IpcHandlers, ipc, type Reply } from '../../shared/ipc.ts'
import { Problem, problemReport } from '../../shared/problem.ts'

/** Gives what handlers may know of the asker, or null when it isn't one of ours. */
export type AdmitSender<Context> = (event: IpcMainInvokeEvent) => Context | null

type AnyHandler<Context> = (argument: unknown, context: Context) => unknown

function checkedArgument(channel: string, schema: v.GenericSchema, raw: unknown): unknown {
  const parsed = v.safeParse(schema, raw)
  if (parsed.success) return parsed.output
  throw new Problem({
    kind: 'usage',
    code: 'bad-argument',
    message: 'The window asked for something that Isomer can’t do.',
    technical: `${channel}: ${v.summarize(parsed.issues)}`,
  })
}

function refused(channel: string): Problem {
  return new Problem({
    kind: 'usage',
    code: 'untrusted-sender',
    message: 'A page that is not Isomer’s own asked for something and was refused.',
    technical: channel,
  })
}

function reportOf(channel: string, thrown: unknown): Reply<never> {
  const problem = problemReport(thrown)
  if (problem.kind === 'bug' || problem.code === 'untrusted-sender') console.error(`${channel}: ${problem.technical ?? problem.message}`)
  return { ok: false, problem }
}

/** Registers one handler for every `ask` of the table. */
export function bindHandlers<Context>(main: Pick<IpcMain, 'handle'>, handlers: IpcHandlers<Context>, admit: AdmitSender<Context>): void {
  for (const [group, calls] of Object.entries(ipc))
    for (const [name, call] of Object.entries(calls) as [string, { kind: 'ask' | 'tell'; argument: v.GenericSchema }][]) {
      if (call.kind !== 'ask') continue
      const channel = `${group}.${name}`
      const handler = (handlers as unknown as Record<string, Record<string, AnyHandler<Context>>>)[group]?.[name]
      if (!handler) throw new Error(`no handler for ${channel}`)
      main.handle(channel, async (event, raw: unknown): Promise<Reply<unknown>> => {
        try {
          const context = admit(event)
          if (context === null) throw refused(channel)
          return { ok: true, value: await handler(checkedArgument(channel, call.argument, raw), context) }
        } catch (thrown) {
          return reportOf(channel, thrown)
        }
      })
    }
}
