/** GET CONFIGURATION: what the drive can do, and what of it with the disc that is in it (MMC-6, 5.2, 6.6). */
import { ascii, be16, be32, withLength32, zeros } from './bytes.ts'
import type { Disc } from './disc.ts'
import { profiles } from './disc-kinds.ts'

interface Feature {
  readonly code: number
  readonly version: number
  readonly isCurrent: boolean
  readonly isPersistent?: boolean
  readonly data: readonly number[]
}

export interface FeatureQuestion {
  /** 0 all · 1 current ones · 2 the one that starts. */
  readonly asked: number
  readonly startCode: number
}

const { cdR, cdRw, dvdR, dvdRw, dvdRDual, dvdRam, dvdPlusR, dvdPlusRw, dvdPlusRDual, restrictedOverwrite, bdR, bdRe } = profiles
const isOneOf = (profile: number, ...list: number[]): boolean => list.includes(profile)

export function configuration(disc: Disc | null, serial: string, { asked, startCode }: FeatureQuestion): Buffer {
  const profile = disc?.profile ?? profiles.none
  const listed = [...driveFeatures(disc, profile, serial), ...writingFeatures(disc, profile)]
    .sort((a, b) => a.code - b.code)
    .filter(({ code, isCurrent }) => (asked === 2 ? code === startCode : code >= startCode && (asked === 0 || isCurrent)))
  return withLength32([0, 0, ...be16(profile), ...listed.flatMap(featureBytes)])
}

function featureBytes({ code, version, isCurrent, isPersistent = false, data }: Feature): number[] {
  return [...be16(code), (version << 2) | (isPersistent ? 2 : 0) | (isCurrent ? 1 : 0), data.length, ...data]
}

function driveFeatures(disc: Disc | null, profile: number, serial: string): Feature[] {
  const hasDisc = disc !== null
  const isCd = isOneOf(profile, cdR, cdRw)
  const always = { isCurrent: true, isPersistent: true }
  const known = Object.values(profiles).filter((each) => each !== profiles.none)
  const profileList = known.reverse().flatMap((each) => [...be16(each), each === profile ? 1 : 0, 0])
  return [
    { code: 0x0000, version: 0, ...always, data: profileList },
    { code: 0x0001, version: 2, ...always, data: [0, 0, 0, 1, 1, 0, 0, 0] }, // Core
    { code: 0x0002, version: 1, ...always, data: [2, 0, 0, 0] }, // Morphing
    { code: 0x0003, version: 1, ...always, data: [0x39, 0, 0, 0] }, // Removable Medium: a tray that ejects, loads and locks
    { code: 0x0010, version: 0, isCurrent: hasDisc, data: [0, 0, 8, 0, 0, isCd ? 1 : 16, 1, 0] }, // Random Readable
    { code: 0x001d, version: 0, isCurrent: hasDisc, data: [] }, // Multi-Read
    { code: 0x001e, version: 2, isCurrent: isCd, data: [0, 0, 0, 0] }, // CD Read
    { code: 0x001f, version: 1, isCurrent: profile >= 0x10 && profile < 0x40, data: [1, 0, 1, 0] }, // DVD Read
    { code: 0x0040, version: 0, isCurrent: isOneOf(profile, bdR, bdRe), data: [...zeros(5), 2, ...zeros(21), 2, 0, 2, 0, 2] }, // BD Read
    { code: 0x0100, version: 0, ...always, data: [] }, // Power Management
    { code: 0x0105, version: 1, ...always, data: [0, 0, 0, 0] }, // Timeout
    { code: 0x0107, version: 4, isCurrent: hasDisc, data: [0x1f, 0, 0, 0] }, // Real Time Streaming
    { code: 0x0108, version: 0, ...always, data: ascii(serial, 12) }, // Serial Number
  ]
}

function writingFeatures(disc: Disc | null, profile: number): Feature[] {
  const isOpen = disc?.isSequential === true && !disc.isFinalized
  const isCd = isOneOf(profile, cdR, cdRw)
  const isInPlace = isOneOf(profile, dvdRam, restrictedOverwrite, dvdPlusRw, bdRe)
  const lastBlock = be32((disc?.endBlock || 1) - 1)
  const eccBlocks = disc?.type.eccBlocks ?? 16
  return [
    { code: 0x0020, version: 1, isCurrent: isInPlace, data: [...lastBlock, 0, 0, 8, 0, 0, eccBlocks, 1, 0] }, // Random Writable
    { code: 0x0021, version: 3, isCurrent: isOpen && isOneOf(profile, cdR, cdRw, dvdR, dvdRw, dvdRDual), data: [0, 1, 1, 1, 16, 0, 0, 0] }, // Incremental Streaming Writable
    { code: 0x0023, version: 1, isCurrent: isInPlace || isOneOf(profile, dvdRw, bdR), data: [0x0f, 0, 0, 0, 1, 0, 0, 0] }, // Formattable
    { code: 0x0026, version: 0, isCurrent: profile === restrictedOverwrite, data: [] }, // Restricted Overwrite
    { code: 0x002a, version: 0, isCurrent: profile === dvdPlusRw, data: [1, 0, 0, 0] }, // DVD+RW
    { code: 0x002b, version: 0, isCurrent: isOneOf(profile, dvdPlusR, dvdPlusRDual), data: [1, 0, 0, 0] }, // DVD+R
    { code: 0x002c, version: 0, isCurrent: profile === restrictedOverwrite, data: [0x0f, 1, 16, 0] }, // Rigid Restricted Overwrite
    { code: 0x002d, version: 2, isCurrent: isCd && isOpen, data: [0x46, 0, 0, 1] }, // CD Track at Once
    { code: 0x002e, version: 1, isCurrent: isCd && isOpen, data: [0x66, 0, 0x0c, 0] }, // CD Mastering
    { code: 0x002f, version: 2, isCurrent: isOpen && isOneOf(profile, dvdR, dvdRw, dvdRDual), data: [0x4e, 0, 0, 0] }, // DVD-R/-RW Write
    { code: 0x003b, version: 0, isCurrent: profile === dvdPlusRDual, data: [1, 0, 0, 0] }, // DVD+R Dual Layer
    {
      code: 0x0041,
      version: 0,
      isCurrent: isOneOf(profile, bdR, bdRe),
      data: [1, 0, 0, 0, 0, 2, 0, 0, ...zeros(8), 0, 2, 0, 0, ...zeros(4)],
    }, // BD Write
  ]
}
