import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What a program printed once; see recordings/README.md. */
export const recording = (name: string): string => readFileSync(join(import.meta.dirname, 'recordings', `${name}.txt`), 'utf8')
