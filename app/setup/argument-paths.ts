import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

/** Paths on a command line, made absolute; switches (ours, Chromium's) and what isn't there are left out. */
export function argumentPaths(args: readonly string[], workingFolder: string): string[] {
  return args
    .filter((arg) => arg !== '' && !arg.startsWith('-'))
    .map((arg) => resolve(workingFolder, arg))
    .filter((path) => existsSync(path))
}
