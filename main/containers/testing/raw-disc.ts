/** A disc of a data track and two of sound, as CUE sheet and whole sectors: for programs that take those. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { randomNumbers } from '../../bytes/testing/random.ts'
import { mode1Sector } from '../whole-sectors.ts'

const SECTOR_BYTES = 2352
export const PREGAP_SECTORS = 150
export const SOUND_SECTORS = [301, 230] as const

function mode1Sectors(data: Buffer): Buffer {
  return Buffer.concat(
    Array.from({ length: Math.ceil(data.length / 2048) }, (_, i) => mode1Sector(data.subarray(i * 2048, (i + 1) * 2048), i)),
  )
}

/** Waves that grow, with some noise, then silence, then nothing but noise. */
export function sound(sectors: number, seed: number): Buffer {
  const random = randomNumbers(seed)
  const bytes = Buffer.alloc(sectors * SECTOR_BYTES)
  for (let i = 0; i * 4 < bytes.length; i++) {
    const part = (i * 4) / bytes.length
    const wave = (pitch: number) => Math.round(Math.sin(i / pitch) * 20_000 * part) + random(9)
    const [left, right] = part < 0.6 ? [wave(17), wave(17.3)] : part < 0.8 ? [0, 0] : [random(65_536) - 32_768, random(65_536) - 32_768]
    bytes.writeInt16LE(left, i * 4)
    bytes.writeInt16LE(right, i * 4 + 2)
  }
  return bytes
}

export interface RawDisc {
  readonly cuePath: string
  readonly bin: Buffer
  /** Stored sectors of each track, pregaps left out. */
  readonly tracks: readonly Buffer[]
}

/** Track 2 has its pregap in the file, track 3 has one that is not stored. */
export function makeRawDisc(folder: string, image: Buffer): RawDisc {
  const data = mode1Sectors(image)
  const first = sound(SOUND_SECTORS[0], 3)
  const second = sound(SOUND_SECTORS[1], 4)
  const bin = Buffer.concat([data, Buffer.alloc(PREGAP_SECTORS * SECTOR_BYTES), first, second])
  const dataSectors = data.length / SECTOR_BYTES
  const at = (sector: number) =>
    [sector / 4500, (sector / 75) % 60, sector % 75].map((n) => String(Math.floor(n)).padStart(2, '0')).join(':')
  writeFileSync(join(folder, 'disc.bin'), bin)
  const cuePath = join(folder, 'disc.cue')
  const lines = [
    'FILE "disc.bin" BINARY',
    '  TRACK 01 MODE1/2352',
    '    INDEX 01 00:00:00',
    '  TRACK 02 AUDIO',
    `    INDEX 00 ${at(dataSectors)}`,
    `    INDEX 01 ${at(dataSectors + PREGAP_SECTORS)}`,
    '  TRACK 03 AUDIO',
    '    PREGAP 00:02:00',
    `    INDEX 01 ${at(dataSectors + PREGAP_SECTORS + SOUND_SECTORS[0])}`,
  ]
  writeFileSync(cuePath, `${lines.join('\n')}\n`)
  return { cuePath, bin, tracks: [data, first, second] }
}
