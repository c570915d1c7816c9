/** A folder for the tests of one file, removed when they are over. */
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { scratchRoot } from '../../image/testing/scratch.ts'

/** Gives what tells the folder, once the tests run. */
export function scratchFolder(): () => string {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(scratchRoot(), 'isomer-containers-'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return () => folder
}
