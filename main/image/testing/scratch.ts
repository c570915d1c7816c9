import { statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'

const ROOMY_BYTES = 4e9

/** Where tests make their trees: in memory where there is plenty, for tens of thousands of files are slow on a disk. */
export function scratchRoot(): string {
  try {
    const facts = statfsSync('/dev/shm')
    return facts.bavail * facts.bsize > ROOMY_BYTES ? '/dev/shm' : tmpdir()
  } catch {
    return tmpdir() // no such place on this system
  }
}
