/** CloneCD images: the .ccd has the disc's table of contents as a Windows settings file, the .img whole sectors. */
import type { TrackFlags, TrackMode } from '../../../shared/container.ts'
import { MAX_TRACKS } from '../../../shared/limits.ts'
import { type ByteSource, readUpTo, WindowByteSource } from '../../bytes/byte-source.ts'
import { Companions, NOTHING } from '../companions.ts'
import type { Container, Track } from '../container.ts'
import type { Candidate } from '../container-format.ts'
import { layoutOf, RAW_SECTOR_BYTES } from '../sector-layout.ts'
import { readings } from '../sheet-text.ts'
import { makeTrack } from '../track-draft.ts'
import { unusableContainer } from '../unusable-container.ts'

const LEAD_OUT = 0xa2
const DATA_CONTROL = 4
const MODES: readonly TrackMode[] = ['audio', 'mode1', 'mode2']

type Section = ReadonlyMap<string, string>

interface Entry {
  readonly session: number
  readonly point: number
  readonly control: number
  readonly lba: number
}

/** Throws an `image` Problem when no track can be told, or no .img is there. */
export function openCcd(candidate: Candidate): Container {
  const sections = sectionsOf(readings(readUpTo(candidate.source, 0, candidate.source.sizeBytes))[0] ?? '')
  const entries = [...sections].filter(([name]) => /^entry \d+$/.test(name)).map(([, section]) => entryOf(section))
  const starts = entries.filter(({ point }) => point >= 1 && point <= MAX_TRACKS).sort((a, b) => a.point - b.point)
  if (starts.length === 0) throw unusableContainer(candidate, 'CCD', 'no entry of a track')
  const companions = new Companions(candidate)
  const stem = candidate.name.replace(/\.[^.]*$/, '')
  const image = companions.open(`${stem}.img`) ?? NOTHING
  companions.requireSome()
  const hasSubchannel = companions.has(`${stem}.sub`)
  if (hasSubchannel) companions.open(`${stem}.sub`)
  const leadOuts = new Map(entries.filter(({ point }) => point === LEAD_OUT).map(({ session, lba }) => [session, lba]))
  return {
    kind: 'ccd',
    title: 'CloneCD (IMG/CCD/SUB)',
    medium: 'cd',
    tracks: new CcdDisc(starts, leadOuts, sections, image, candidate).tracks(),
    mainTrack: null,
    companions: companions.files,
    catalog: sections.get('disc')?.get('catalog') || null,
    hasCdText: sections.has('cdtext'),
    hasSubchannel,
    close: () => companions.close(),
  }
}

class CcdDisc {
  readonly #starts: readonly Entry[]
  readonly #leadOuts: ReadonlyMap<number, number>
  readonly #sections: ReadonlyMap<string, Section>
  readonly #image: ByteSource
  readonly #candidate: Candidate

  constructor(
    starts: readonly Entry[],
    leadOuts: ReadonlyMap<number, number>,
    sections: ReadonlyMap<string, Section>,
    image: ByteSource,
    candidate: Candidate,
  ) {
    this.#starts = starts
    this.#leadOuts = leadOuts
    this.#sections = sections
    this.#image = image
    this.#candidate = candidate
  }

  tracks(): Track[] {
    // Sessions follow one another in the file without what a disc has between them.
    let skippedSectors = 0
    return this.#starts.map((start, i) => {
      const before = this.#starts[i - 1]
      if (before !== undefined && before.session !== start.session) {
        skippedSectors += Math.max(0, start.lba - (this.#leadOuts.get(before.session) ?? start.lba))
      }
      return this.#track(start, this.#starts[i + 1], skippedSectors)
    })
  }

  #track({ session, point: number, control, lba }: Entry, next: Entry | undefined, skippedSectors: number): Track {
    const section = this.#sections.get(`track ${number}`)
    const mode = modeOf(section, control)
    const startAt = (lba - skippedSectors) * RAW_SECTOR_BYTES
    const endLba = next?.session === session ? this.#gapOf(next) : this.#leadOuts.get(session)
    const lengthBytes = endLba === undefined ? this.#image.sizeBytes - startAt : Math.max(0, endLba - lba) * RAW_SECTOR_BYTES
    if (startAt < 0 || startAt + lengthBytes > this.#image.sizeBytes) {
      const message = `Track ${number} is said to lie where the file has no bytes; the image is probably cut off.`
      this.#candidate.log.add('track-outside-file', 'damaged', message)
    }
    const gap = numberIn(section, 'index 0')
    const pregapSectors = gap === null ? 0 : Math.max(0, lba - gap)
    const storedPregap =
      pregapSectors === 0
        ? null
        : new WindowByteSource(this.#image, startAt - pregapSectors * RAW_SECTOR_BYTES, pregapSectors * RAW_SECTOR_BYTES)
    const draft = { number, session, mode, layout: layoutOf(mode, RAW_SECTOR_BYTES, 0), startLba: lba, pregapSectors, storedPregap }
    const stored = new WindowByteSource(this.#image, Math.max(0, startAt), lengthBytes)
    return makeTrack({ ...draft, stored, flags: flagsOf(control, mode), isrc: section?.get('isrc') || null }, this.#candidate.log)
  }

  /** Where the gap before a track begins, or the track where it has none. */
  #gapOf({ point, lba }: Entry): number {
    return numberIn(this.#sections.get(`track ${point}`), 'index 0') ?? lba
  }
}

function modeOf(section: Section | undefined, control: number): TrackMode {
  const said = MODES[numberIn(section, 'mode') ?? -1]
  return said ?? ((control & DATA_CONTROL) === 0 ? 'audio' : 'mode1')
}

function flagsOf(control: number, mode: TrackMode): TrackFlags {
  return {
    copyPermitted: (control & 2) !== 0,
    preEmphasis: mode === 'audio' && (control & 1) !== 0,
    fourChannels: (control & 8) !== 0,
    serialCopy: false,
  }
}

/** Sections by their names, small; more entries of a name than a disc can have are left out. */
function sectionsOf(text: string): Map<string, Map<string, string>> {
  const sections = new Map<string, Map<string, string>>()
  let current = new Map<string, string>()
  for (const row of text.split(/\r\n|\r|\n/)) {
    const section = /^\s*\[(.+?)\]/.exec(row)?.[1]
    const pair = /^\s*([^=]+?)\s*=\s*(.*?)\s*$/.exec(row)
    if (section !== undefined) {
      current = new Map()
      sections.set(section.trim().toLowerCase().replace(/\s+/g, ' '), current)
    } else if (pair !== null) current.set((pair[1] as string).toLowerCase().replace(/\s+/g, ' '), pair[2] as string)
  }
  return sections
}

/** Decimal, or hexadecimal with `0x`. */
function numberIn(section: Section | undefined, key: string): number | null {
  const text = section?.get(key)
  const value = text === undefined || text === '' ? Number.NaN : Number(text)
  return Number.isSafeInteger(value) ? value : null
}

function entryOf(section: Section): Entry {
  return {
    session: numberIn(section, 'session') ?? 1,
    point: numberIn(section, 'point') ?? 0,
    control: numberIn(section, 'control') ?? 0,
    lba: numberIn(section, 'plba') ?? 0,
  }
}
