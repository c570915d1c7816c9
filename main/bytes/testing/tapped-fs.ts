/**
 * The host's synchronous reads and writes with a tap in each, so that a test can watch them, take them over or make one
 * fail. A test file that wants it says, before anything else:
 *
 *     vi.mock('node:fs', async (original) => (await import('…/tapped-fs.ts')).tapped(await original()))
 */
import type * as NodeFs from 'node:fs'

type Read = typeof NodeFs.readSync
type Write = typeof NodeFs.writeSync

/** What each call is handed to; null leaves it to the host. `go` is the host's own, of a read up to so many bytes of it. */
export const taps = {
  read: null as ((fd: number, go: (maxBytes?: number) => number) => number) | null,
  write: null as ((fd: number, go: () => number, bytes: Uint8Array, position: number | null) => number) | null,
}

export function tapped(fs: typeof NodeFs): typeof NodeFs {
  const readSync = ((...args: Parameters<Read>) => {
    const go = (maxBytes?: number) => (maxBytes === undefined ? fs.readSync(...args) : shortRead(fs, args, maxBytes))
    return taps.read === null ? go() : taps.read(args[0], go)
  }) as Read
  const writeSync = ((...args: Parameters<Write>) => {
    const go = () => fs.writeSync(...args)
    return taps.write === null ? go() : taps.write(args[0], go, writtenBytes(args), positionOf(args))
  }) as Write
  return { ...fs, readSync, writeSync }
}

function shortRead(fs: typeof NodeFs, [fd, buffer, offset, length, position]: readonly unknown[], maxBytes: number): number {
  if (typeof offset !== 'number' || typeof length !== 'number') throw new Error('a read of a form that is not tapped')
  return fs.readSync(fd as number, buffer as Uint8Array, offset, Math.min(length, maxBytes), position as number | null)
}

/** The part of the buffer that a call is to write. */
function writtenBytes([, data, offset, length]: readonly unknown[]): Uint8Array {
  const bytes = data as Uint8Array
  const from = typeof offset === 'number' ? offset : 0
  return bytes.subarray(from, from + (typeof length === 'number' ? length : bytes.length - from))
}

const positionOf = ([, , , , position]: readonly unknown[]): number | null => (typeof position === 'number' ? position : null)
