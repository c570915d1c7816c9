/** A kind of container as the test of all kinds takes it. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { noise, rawMode1, sound } from '../sample-disc.ts'

/** What all are made of: a disc with an image that genisoimage wrote, and two tracks of sound. */
export interface DiscToPack {
  /** Holds disc.iso, and disc.bin with disc.cue. */
  readonly folder: string
  readonly image: Buffer
}

export type TakenOut = readonly [program: string, takeOut: (folder: string) => Buffer]

export interface Kind {
  readonly name: string
  /** As `info` calls it. */
  readonly title: string
  /** The program that writes it; null where no program here does, and it is built field by field. */
  readonly writtenBy: string | null
  /** Makes it in an empty folder, and gives the name of the file that is opened. */
  readonly make: (folder: string, disc: DiscToPack) => string
  /** What another program takes out of it there; left out where none can, and it must be the image that went in. */
  readonly takenOut?: TakenOut | undefined
  /** No BIN/CUE can be made of it. */
  readonly isDvd?: true
  /** One of the other kinds with a packer around it. */
  readonly isPacked?: true
}

/** Into an empty folder. */
export function discToPack(folder: string): DiscToPack {
  mkdirSync(join(folder, 'source/folder'), { recursive: true })
  put(join(folder, 'source'), {
    'noise.bin': noise(50_000),
    'words.txt': 'to pack or not to pack\n'.repeat(900),
    'zeros.bin': Buffer.alloc(9000),
  })
  put(join(folder, 'source/folder'), { 'small.txt': 'small\n' })
  run(folder, 'genisoimage', '-quiet', '-no-pad', '-R', '-J', '-V', 'PACKED', '-o', 'disc.iso', 'source')
  const image = readFileSync(join(folder, 'disc.iso'))
  const start = image.length / 2048
  const tracks = ['TRACK 01 MODE1/2352', `INDEX 01 ${msf(0)}`, 'TRACK 02 AUDIO', `INDEX 00 ${msf(start)}`, `INDEX 01 ${msf(start + 150)}`]
  const sheet = ['FILE "disc.bin" BINARY', ...tracks, 'TRACK 03 AUDIO', 'PREGAP 00:02:00', `INDEX 01 ${msf(start + 160)}`, '']
  put(folder, { 'disc.cue': sheet.join('\n'), 'disc.bin': Buffer.concat([rawMode1(image), Buffer.alloc(150 * 2352), sound(30)]) })
  return { folder, image }
}

export function run(folder: string, program: string, ...args: string[]): Buffer {
  return execFileSync(program, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 2 ** 28 })
}

export const shell = (folder: string, line: string): Buffer => run(folder, 'sh', '-c', line)

export function put(folder: string, files: Readonly<Record<string, string | Buffer>>): void {
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
}

/** Takes out by a program that writes a file. */
export const byFile =
  (out: string, program: string, ...args: string[]) =>
  (folder: string): Buffer => {
    run(folder, program, ...args)
    return readFileSync(join(folder, out))
  }

/** The first track as bchunk takes it out. */
export const byBchunk = (bin: string, cue: string) => ['bchunk', byFile('taken01.iso', 'bchunk', bin, cue, 'taken')] as const

/** Frames as sheets write them. */
export const msf = (frames: number): string =>
  [Math.floor(frames / 4500), Math.floor(frames / 75) % 60, frames % 75].map((part) => String(part).padStart(2, '0')).join(':')
