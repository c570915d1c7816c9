/**
 * Sectors of a drive or of a file. Devices are read around the system's cache (O_DIRECT), which would lose the good
 * sector beside a bad one and read ahead into bad areas; and asynchronously, because one read can take half a minute.
 */
import { closeSync, constants, fstatSync, openSync, read, readFileSync, type Stats, statSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { getSystemErrorMap, promisify } from 'node:util'
import { Problem } from '../../shared/problem.ts'
import { ioProblem } from './io-problem.ts'
import { MediumFault, mediumGone, noMedium, type SectorSource, SURELY_BAD } from './sector-source.ts'

const DISC_SECTOR_BYTES = 2048
/** The block layer counts in these, whatever the device's own sectors are. */
const KERNEL_SECTOR_BYTES = 512
/** What Linux reports for sectors that can't be read; ENODATA is a drive's own “unrecovered read error”. */
const FAULTS = new Set(['EIO', 'ENODATA', 'EILSEQ', 'ETIMEDOUT', 'EREMOTEIO', 'UNKNOWN'])
const GONE = new Set(['ENOMEDIUM', 'ENXIO', 'ENODEV'])
const ENOMEDIUM = -123
/** The system looks for changed discs every two seconds. */
const NEWS_OF_DISC_MS = 3000
const LOOK_AGAIN_MS = 200
const readAt = promisify(read)

/** What is told of a device by its adapter, on systems that don't say it of the open file. */
export interface ToldDevice {
  readonly sizeBytes: number
  readonly sectorBytes: number
  /** Whether the disc was taken out; asked once for failures in a row. */
  readonly isGone?: () => Promise<boolean>
  /** Gives the device back to the system. */
  readonly closed?: () => void
}

export class DeviceSectorSource implements SectorSource {
  readonly name: string
  readonly sectorBytes: number
  readonly sizeBytes: number
  readonly #fd: number
  /** Null for a file, and on systems without such numbers. */
  readonly #deviceNumber: string | null
  readonly #told: ToldDevice | null
  /** Whether the disc was there at the last failure that could have meant that it is not. */
  #wasThere = false

  private constructor(name: string, fd: number, stat: Stats | null, told: ToldDevice | null) {
    this.name = name
    this.#fd = fd
    this.#told = told
    this.#deviceNumber = stat?.isBlockDevice() ? deviceNumberOf(stat.rdev) : null
    this.sectorBytes = told?.sectorBytes ?? (this.#deviceNumber === null ? DISC_SECTOR_BYTES : sectorBytesOf(this.#deviceNumber))
    this.sizeBytes = told?.sizeBytes ?? (this.#deviceNumber === null ? (stat?.size ?? 0) : deviceSizeBytes(this.#deviceNumber))
  }

  /**
   * Opens a device or a regular file for reading. What is told of it is believed. Throws an `io` Problem when it can't,
   * or when there is no disc.
   */
  static open(path: string, told: ToldDevice | null = null): DeviceSectorSource {
    const fd = openForReading(path, told !== null)
    try {
      // Windows has no such facts of a whole volume or disk.
      const stat = told === null ? fstatSync(fd) : null
      if (stat !== null && !stat.isBlockDevice() && !stat.isFile()) throw notReadable(path)
      const source = new DeviceSectorSource(path, fd, stat, told)
      if (source.sizeBytes === 0) throw source.isDevice ? noMedium(path) : emptyFile(path)
      return source
    } catch (error) {
      closeSync(fd)
      throw ioProblem(error, `Could not open ${path}.`)
    }
  }

  get isDevice(): boolean {
    return this.#deviceNumber !== null || this.#told !== null
  }

  async read(offsetBytes: number, target: Uint8Array): Promise<number> {
    try {
      const { bytesRead } = await readAt(this.#fd, target, 0, target.length, offsetBytes)
      this.#wasThere = false
      return bytesRead
    } catch (error) {
      throw await this.#readProblem(error as NodeJS.ErrnoException)
    }
  }

  close(): void {
    closeSync(this.#fd)
    this.#told?.closed?.()
  }

  async #readProblem(error: NodeJS.ErrnoException): Promise<Error> {
    const code = systemCodeOf(error)
    if (GONE.has(code)) return mediumGone(this.name)
    if (!FAULTS.has(code)) return ioProblem(error, `Reading ${this.name} failed.`)
    const isGone = code !== SURELY_BAD && (await this.#isMediumGone())
    return isGone ? mediumGone(this.name) : new MediumFault(code)
  }

  /** Asks udev, because opening would pull the tray in; once for failures in a row. */
  async #isMediumGone(): Promise<boolean> {
    if (this.#wasThere) return false
    if (this.#told?.isGone !== undefined) {
      const isGone = await this.#told.isGone()
      this.#wasThere = !isGone
      return isGone
    }
    if (this.#deviceNumber === null) return false
    for (let waitedMs = 0; waitedMs <= NEWS_OF_DISC_MS; waitedMs += LOOK_AGAIN_MS) {
      const facts = textOf(`/run/udev/data/b${this.#deviceNumber}`)
      if (facts === null || !/^E:ID_CDROM=1$/m.test(facts)) return false
      if (!/^E:ID_CDROM_MEDIA=1$/m.test(facts)) return true
      await sleep(LOOK_AGAIN_MS)
    }
    this.#wasThere = true
    return false
  }
}

function openForReading(path: string, isToldDevice: boolean): number {
  // Only devices: some file systems refuse direct reads of their files.
  const isDevice = !isToldDevice && statSync(path, { throwIfNoEntry: false })?.isBlockDevice() === true
  const { O_DIRECT = 0 } = constants as { O_DIRECT?: number }
  try {
    return openSync(path, constants.O_RDONLY | (isDevice ? O_DIRECT : 0))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).errno === ENOMEDIUM) throw noMedium(path)
    throw ioProblem(error, `Could not open ${path}.`)
  }
}

function notReadable(path: string): Problem {
  return new Problem({
    kind: 'usage',
    code: 'not-a-drive',
    message: `${path} is neither a drive nor a file.`,
    advice: 'isomer drives lists the drives.',
  })
}

function emptyFile(path: string): Problem {
  return new Problem({ kind: 'io', code: 'empty-medium', message: `${path} is empty: there is nothing to read.` })
}

/** Linux' encoding of a device number (glibc, gnu_dev_major). */
function deviceNumberOf(rdev: number): string {
  const value = BigInt(rdev)
  const major = ((value >> 8n) & 0xfffn) | ((value >> 32n) & ~0xfffn)
  const minor = (value & 0xffn) | ((value >> 12n) & ~0xffn & 0xffffffffn)
  return `${major}:${minor}`
}

function deviceSizeBytes(deviceNumber: string): number {
  return Number(textOf(`/sys/dev/block/${deviceNumber}/size`) ?? 0) * KERNEL_SECTOR_BYTES
}

/** A drive of discs says 512 as long as there is no disc in it. */
function sectorBytesOf(deviceNumber: string): number {
  const isDiscDrive = deviceNumber.startsWith('11:')
  const said = Number(textOf(`/sys/dev/block/${deviceNumber}/queue/logical_block_size`) ?? 0)
  return isDiscDrive || said < KERNEL_SECTOR_BYTES ? DISC_SECTOR_BYTES : said
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return null // not Linux, or nothing known of the device
  }
}

/** Node has no name for some errors. */
function systemCodeOf({ code, errno }: NodeJS.ErrnoException): string {
  if (errno === ENOMEDIUM) return 'ENOMEDIUM'
  if (code !== undefined && !code.startsWith('Unknown system error')) return code
  return errno === undefined ? 'UNKNOWN' : (getSystemErrorMap().get(errno)?.[0] ?? 'UNKNOWN')
}
