/** Speeds of the drive, in kilobytes per second, and GET PERFORMANCE (MMC-6, 6.8). */
import { be32, withLength32 } from './bytes.ts'
import { invalidField } from './sense.ts'

/** Fastest first: CDs at 48, 40, 24, 16, 10 and 4x, DVDs at 16 to 2.4x, Blu-ray discs at 6, 4 and 2x. */
export const driveSpeeds = {
  cd: [8467, 7056, 4234, 2822, 1764, 706],
  dvd: [22_160, 16_620, 11_080, 8310, 5540, 3324],
  bd: [26_970, 17_980, 8990],
} as const

export interface PerformanceQuestion {
  /** 0: performance · 3: write speeds. */
  readonly type: number
  readonly asksWriting: boolean
  /** Whether only what is out of the ordinary is wanted. */
  readonly asksExceptions: boolean
  readonly mostRows: number
}

export interface SpeedFacts {
  readonly readSpeeds: readonly number[]
  readonly writeSpeeds: readonly number[]
  readonly writeSpeed: number
  readonly blocks: number
}

export function performance(drive: SpeedFacts, { type, asksWriting, asksExceptions, mostRows }: PerformanceQuestion): Buffer {
  const end = be32(Math.max(drive.blocks - 1, 0))
  const reading = drive.readSpeeds[0] ?? 0
  const rows =
    type === 3
      ? drive.writeSpeeds.map((speed) => [0x04, 0, 0, 0, ...end, ...be32(reading), ...be32(speed)])
      : type === 0
        ? nominal(be32(asksWriting ? drive.writeSpeed : reading), end, asksExceptions)
        : null
  if (rows === null) throw invalidField()
  return withLength32([asksWriting ? 2 : 0, 0, 0, 0, ...rows.slice(0, mostRows).flat()])
}

/** The same speed from the first block to the last. */
const nominal = (speed: readonly number[], end: readonly number[], asksExceptions: boolean): number[][] =>
  asksExceptions ? [] : [[0, 0, 0, 0, ...speed, ...end, ...speed]]
