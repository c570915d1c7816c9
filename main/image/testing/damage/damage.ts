/** One thing wrong with an image, and what is owed to whoever opens it all the same. */

export interface Damage {
  /** What is wrong, in words. */
  readonly name: string
  readonly build: () => DamagedImage | Promise<DamagedImage>
  /** Codes that must be among the findings; of an image that is refused, that of the problem. */
  readonly codes: readonly string[]
  /** Findings that would be wrong here. */
  readonly silent: boolean
  readonly exits: ExitCodes
  /** Everything the best tree lists; null where that is not the point, or where nothing can be listed. */
  readonly listed: readonly string[] | null
  /** Text that standard output of `info` must have; none where the facts are not the point. */
  readonly told: readonly string[]
}

/** What the commands end with: 0 done, 4 damaged beyond going on. */
export interface ExitCodes {
  readonly info: number
  readonly list: number
  readonly extract: number
}

export type DamagedImage = Uint8Array | SparseImage

/** An image with holes, too large to be held. */
export interface SparseImage {
  readonly sizeBytes: number
  readonly parts: readonly { readonly offsetBytes: number; readonly bytes: Uint8Array }[]
}

type Owed = Partial<Pick<Damage, 'listed' | 'told'>>

const damage = (name: string, codes: readonly string[], exits: ExitCodes, build: Damage['build'], owed: Owed): Damage => ({
  name,
  codes,
  silent: codes.length === 0,
  exits,
  build,
  listed: owed.listed ?? null,
  told: owed.told ?? [],
})

const oneOrMore = (codes: string | readonly string[]): readonly string[] => (typeof codes === 'string' ? [codes] : codes)

/** All files can be had; what is odd is a finding. */
export const readable = (name: string, codes: string | readonly string[], build: Damage['build'], owed: Owed = {}): Damage =>
  damage(name, oneOrMore(codes), { info: 0, list: 0, extract: 0 }, build, owed)

/** Odd, but as the standard or well-known discs have it: no finding. */
export const honest = (name: string, build: Damage['build'], owed: Owed = {}): Damage => readable(name, [], build, owed)

/** Some file can't be had; the others can. */
export const losing = (name: string, codes: string | readonly string[], build: Damage['build'], owed: Owed = {}): Damage =>
  damage(name, oneOrMore(codes), { info: 0, list: 0, extract: 4 }, build, owed)

/** Grows so far when it is extracted that nothing is, unless somebody says so. */
export const trap = (name: string, build: Damage['build'], owed: Owed = {}): Damage =>
  damage(name, [], { info: 0, list: 0, extract: 2 }, build, owed)

/** Nothing can be read. */
export const refused = (name: string, code: string, build: Damage['build']): Damage =>
  damage(name, [code], { info: 4, list: 4, extract: 4 }, build, {})
