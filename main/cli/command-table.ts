/** Commands by name, in the order of help. */
import type { Command } from './command.ts'

export const commandLoaders: ReadonlyMap<string, () => Promise<Command>> = new Map<string, () => Promise<Command>>([
  ['list', async () => (await import('./list.ts')).list],
])
