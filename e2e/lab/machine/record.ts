/** Keeps what programs of the guest print, for the tests of what reads it (`LAB_RECORD=1 npm run test:lab`). */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

const recordings = join(import.meta.dirname, '../../../main/drives/linux/testing/recordings')

/** Writes a recording anew, where that is wanted. */
export function record(name: string, text: string): void {
  if (process.env['LAB_RECORD'] === '1') writeFileSync(join(recordings, `${name}.txt`), text)
}
