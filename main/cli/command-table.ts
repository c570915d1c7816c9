/** Commands by name, in the order of help. */
import type { Command, CommandLoaders } from './command.ts'

export const commandLoaders: CommandLoaders = new Map<string, () => Promise<Command>>([
  ['create', async () => (await import('./create.ts')).create],
  ['info', async () => (await import('./info.ts')).info],
  ['list', async () => (await import('./list.ts')).list],
  ['cat', async () => (await import('./cat.ts')).cat],
  ['extract', async () => (await import('./extract.ts')).extract],
  ['edit', async () => (await import('./edit.ts')).edit],
  ['convert', async () => (await import('./convert.ts')).convert],
  ['compare', async () => (await import('./compare.ts')).compare],
  ['verify', async () => (await import('./verify.ts')).verify],
  ['keys', async () => (await import('./keys.ts')).keys],
  ['mount', async () => (await import('./mount.ts')).mount],
  ['unmount', async () => (await import('./unmount.ts')).unmount],
  ['mounts', async () => (await import('./mounts.ts')).mounts],
  ['drives', async () => (await import('./drives.ts')).drives],
  ['rip', async () => (await import('./rip.ts')).rip],
  ['burn', async () => (await import('./burn.ts')).burn],
  ['erase', async () => (await import('./erase.ts')).erase],
  ['flash', async () => (await import('./flash.ts')).flash],
  ['help', async () => (await import('./help.ts')).help],
])
