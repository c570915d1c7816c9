import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What a program prints that is not at hand; recordings/README.md says where it comes from. */
export const recording = (name: string): string => readFileSync(join(import.meta.dirname, 'recordings', name), 'utf8')
