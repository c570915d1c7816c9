/** Standard output and standard error, written synchronously: results must be out before the process ends. */
import { writeSync } from 'node:fs'
import { ioProblem } from '../bytes/io-problem.ts'

const STDOUT = 1
const STDERR = 2
const CHUNK_CHARACTERS = 64 * 1024

/** The reader of our output has gone (as `head` does): nothing left to do, and nothing wrong. */
export class OutputClosed extends Error {}

const sleeper = new Int32Array(new SharedArrayBuffer(4))

/** Writes everything; a full non-blocking pipe is waited for. Throws OutputClosed when nobody reads any more. */
export function writeAll(fd: number, bytes: Uint8Array): void {
  let done = 0
  while (done < bytes.length) {
    try {
      done += writeSync(fd, bytes, done, bytes.length - done)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EPIPE') throw new OutputClosed()
      if (code !== 'EAGAIN') throw ioProblem(error, 'Could not write the output.')
      Atomics.wait(sleeper, 0, 0, 1)
    }
  }
}

export function printResult(text: string): void {
  writeAll(STDOUT, Buffer.from(text))
}

/** To standard error; whether somebody reads it must not matter. */
export function printNotice(text: string): void {
  try {
    writeAll(STDERR, Buffer.from(text))
  } catch {
    // There is nowhere left to say that standard error can't be written.
  }
}

/** Lines of results, put out in large pieces. */
export class ResultLines {
  #text = ''

  add(line: string): void {
    this.#text += line
    if (this.#text.length >= CHUNK_CHARACTERS) this.flush()
  }

  flush(): void {
    const text = this.#text
    this.#text = ''
    if (text !== '') printResult(text)
  }
}

export function writeResultBytes(bytes: Uint8Array): void {
  writeAll(STDOUT, bytes)
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters and those that turn the reading direction
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/
const ALL_UNPRINTABLE = new RegExp(UNPRINTABLE.source, 'g')

/** Text from an image or the host, safe to show on a terminal. */
export function printable(text: string): string {
  return UNPRINTABLE.test(text)
    ? text.replace(ALL_UNPRINTABLE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
    : text
}
