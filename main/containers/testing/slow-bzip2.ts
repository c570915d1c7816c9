/** A bzip2 file that is made at once and takes seconds to expand: one stream over and over, as bzip2 allows. */
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'

/** As much as one block of bzip2 holds. */
const STREAM_BYTES = 900_000
const STREAMS = 60

/** What is in it is no image. */
export function writeSlowBzip2(path: string): void {
  const stream = execFileSync('bzip2', ['-9', '-c'], { input: randomBytes(STREAM_BYTES), maxBuffer: 2 * STREAM_BYTES })
  writeFileSync(path, Buffer.concat(new Array(STREAMS).fill(stream)))
}
