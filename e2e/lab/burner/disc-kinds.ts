/** The kinds of discs, as drives tell them apart (MMC-6, 5.3.1; block counts of the books of each kind). */

export interface DiscKind {
  readonly profile: number
  /** Sectors of 2352 bytes, minutes, lead-ins. */
  readonly isCd?: boolean
  /** Pressed: an image file is its content and stays as it is. */
  readonly isPressed?: boolean
  /** Written in tracks and sessions. */
  readonly isSequential?: boolean
  readonly isErasable?: boolean
  /** Comes formatted. */
  readonly isFormatted?: boolean
  readonly layers?: 2
  /** Type of book and version of the DVD standards, byte 0 of the physical format information. */
  readonly book?: number
  readonly blocks: number
  /** Blocks of an error correction block: tracks are rounded up to it. */
  readonly eccBlocks: number
  /** Blocks between the first two sessions, and between later ones. */
  readonly gapBlocks?: readonly [first: number, later: number]
  /** Blocks that formatting keeps in reserve. */
  readonly spareBlocks?: number
}

export const discKinds = {
  'cd-rom': { profile: 0x08, isCd: true, isPressed: true, isSequential: true, blocks: 0, eccBlocks: 1 },
  'dvd-rom': { profile: 0x10, book: 0x01, isPressed: true, isSequential: true, blocks: 0, eccBlocks: 16 },
  'bd-rom': { profile: 0x40, isPressed: true, isSequential: true, blocks: 0, eccBlocks: 32 },
  'cd-r': { profile: 0x09, isCd: true, isSequential: true, blocks: 359_849, eccBlocks: 1, gapBlocks: [11_400, 6900] },
  'cd-rw': { profile: 0x0a, isCd: true, isSequential: true, isErasable: true, blocks: 359_849, eccBlocks: 1, gapBlocks: [11_400, 6900] },
  'dvd-r': { profile: 0x11, book: 0x25, isSequential: true, blocks: 2_298_496, eccBlocks: 16, gapBlocks: [28_672, 12_288] },
  'dvd-r-dl': { profile: 0x15, book: 0x26, layers: 2, isSequential: true, blocks: 4_171_712, eccBlocks: 16, gapBlocks: [28_672, 12_288] },
  'dvd-rw': {
    profile: 0x14,
    book: 0x32,
    isSequential: true,
    isErasable: true,
    blocks: 2_298_496,
    eccBlocks: 16,
    gapBlocks: [28_672, 12_288],
  },
  'dvd+r': { profile: 0x1b, book: 0xa1, isSequential: true, blocks: 2_295_104, eccBlocks: 16, gapBlocks: [7168, 4096] },
  'dvd+r-dl': { profile: 0x2b, book: 0xe1, layers: 2, isSequential: true, blocks: 4_173_824, eccBlocks: 16, gapBlocks: [7168, 4096] },
  'dvd+rw': { profile: 0x1a, book: 0x92, isErasable: true, blocks: 2_295_104, eccBlocks: 16 },
  'dvd-ram': { profile: 0x12, book: 0x16, isErasable: true, isFormatted: true, blocks: 2_236_704, eccBlocks: 16 },
  'bd-r': { profile: 0x41, isSequential: true, blocks: 12_219_392, eccBlocks: 32, gapBlocks: [0, 0] },
  'bd-re': { profile: 0x43, isErasable: true, blocks: 12_219_392, spareBlocks: 393_216, eccBlocks: 32 },
} as const satisfies Readonly<Record<string, DiscKind>>

export type DiscKindName = keyof typeof discKinds
export const discKindOf = (name: DiscKindName): DiscKind => discKinds[name]
export const writableKinds = (Object.keys(discKinds) as DiscKindName[]).filter((name) => !discKindOf(name).isPressed)

/** Profiles by name where the code asks for them. */
export const profiles = {
  none: 0,
  cdRom: 0x08,
  cdR: 0x09,
  cdRw: 0x0a,
  dvdRom: 0x10,
  dvdR: 0x11,
  dvdRam: 0x12,
  /** A formatted DVD-RW, written in place. */
  restrictedOverwrite: 0x13,
  dvdRw: 0x14,
  dvdRDual: 0x15,
  dvdPlusRw: 0x1a,
  dvdPlusR: 0x1b,
  dvdPlusRDual: 0x2b,
  bdRom: 0x40,
  bdR: 0x41,
  bdRe: 0x43,
} as const
