/** MODE SENSE: the drive's mode pages (MMC-6, 7). */
import { be16, zeros } from './bytes.ts'
import { invalidField } from './sense.ts'

export const WRITE_PARAMETERS_PAGE = 0x05
const WRITE_PARAMETERS_BYTES = 52
const ALL_PAGES = 0x3f

/** Write types of the write parameters page. */
export const writeTypes = { packet: 0, trackAtOnce: 1, sessionAtOnce: 2, raw: 3 } as const

/** Write parameters as a drive has them after a disc was put in: buffer under-run protection, data tracks, a pause of two seconds. */
export function defaultWriteParameters(): Buffer {
  const page = Buffer.alloc(WRITE_PARAMETERS_BYTES)
  page.set([WRITE_PARAMETERS_PAGE, WRITE_PARAMETERS_BYTES - 2, 0x40, 0x05, 8, ...zeros(8), 0, 16, 0, 150])
  return page
}

export interface ModeFacts {
  readonly writeParameters: Buffer
  readonly isLocked: boolean
  readonly bufferBytes: number
  readonly readSpeeds: readonly number[]
  readonly writeSpeeds: readonly number[]
  readonly writeSpeed: number
}

export interface ModeQuestion {
  readonly page: number
  /** Which bits may be set, instead of their values. */
  readonly asksChangeable: boolean
  /** With the header of the longer command. */
  readonly isLong: boolean
}

export function modeSense(drive: ModeFacts, { page, asksChangeable, isLong }: ModeQuestion): Buffer {
  const pages = new Map<number, readonly number[]>([
    [0x01, [0x01, 0x0a, 0xc0, 0x20, ...zeros(8)]], // Read/Write Error Recovery
    [WRITE_PARAMETERS_PAGE, asksChangeable ? [WRITE_PARAMETERS_PAGE, 0x32, ...new Array(50).fill(0xff)] : [...drive.writeParameters]],
    [0x0e, [0x0e, 0x0e, 4, 0, 0, 0, 0, 75, 1, 255, 2, 255, ...zeros(4)]], // CD Audio Control
    [0x1a, [0x1a, 0x0a, ...zeros(10)]], // Power Condition
    [0x1d, [0x1d, 0x0a, 0, 0, 4, 0, 0, 0x3c, 0, 0x3c, 0, 0]], // Timeout and Protect
    [0x2a, capabilities(drive)],
  ])
  const body = page === ALL_PAGES ? [...pages.values()].flat() : pages.get(page)
  if (body === undefined) throw invalidField()
  return Buffer.from(isLong ? [...be16(body.length + 6), ...zeros(6), ...body] : [body.length + 3, 0, 0, 0, ...body])
}

/** MM Capabilities and Mechanical Status, which old programs go by. */
function capabilities({ isLocked, bufferBytes, readSpeeds, writeSpeeds, writeSpeed }: ModeFacts): number[] {
  const fastest = be16(writeSpeeds[0] ?? 0)
  const reading = be16(readSpeeds[0] ?? 0)
  const body = [
    ...[0x3f, 0x37, 0xf1, 0x03, 0x29 | (isLocked ? 2 : 0), 0],
    ...[...reading, 0, 0, ...be16(bufferBytes >> 10), ...reading, 0, 0],
    ...[...fastest, ...be16(writeSpeed), 0, 1, 0, 0, 0, 0, ...be16(writeSpeed)],
    ...[...be16(writeSpeeds.length), ...writeSpeeds.flatMap((speed) => [0, 0, ...be16(speed)])],
  ]
  return [0x2a, body.length, ...body]
}
