/** GDI: a list of a GD-ROM's tracks, one a line: number, address, 0 for audio or 4 for data, sector length, file, offset. */
import { MAX_TRACKS } from '../../../shared/limits.ts'
import { readUpTo, WindowByteSource } from '../../bytes/byte-source.ts'
import { Companions, NOTHING } from '../companions.ts'
import type { Container, Track } from '../container.ts'
import type { Candidate } from '../container-format.ts'
import { HIGH_DENSITY_LBA } from '../disc-places.ts'
import { DATA_BYTES, layoutOf, RAW_SECTOR_BYTES } from '../sector-layout.ts'
import { readings, wordsOf } from '../sheet-text.ts'
import { makeTrack } from '../track-draft.ts'
import { unusableContainer } from '../unusable-container.ts'

const DATA_CONTROL = 4

/** Throws an `image` Problem when it lists no track, or none of its files is there. */
export function openGdi(candidate: Candidate): Container {
  const companions = new Companions(candidate)
  const text = readings(readUpTo(candidate.source, 0, candidate.source.sizeBytes))[0] ?? ''
  const tracks: Track[] = []
  for (const { words, line } of wordsOf(text)) {
    if (words.length === 1) continue // how many tracks follow
    const track = tracks.length === MAX_TRACKS ? null : trackOf(words, companions, candidate)
    if (track !== null) tracks.push(track)
    else candidate.log.add('sheet-line-unclear', 'suspicious', `Line ${line} makes no sense and was passed over.`, { path: `line ${line}` })
  }
  if (tracks.length === 0) throw unusableContainer(candidate, 'GDI', 'no line is a track')
  companions.requireSome()
  return {
    kind: 'gdi',
    title: 'GD-ROM (GDI)',
    medium: 'gd',
    tracks,
    mainTrack: tracks.find(({ mode, startLba }) => mode !== 'audio' && startLba >= HIGH_DENSITY_LBA)?.number ?? null,
    companions: companions.files,
    catalog: null,
    hasCdText: false,
    hasSubchannel: false,
    close: () => companions.close(),
  }
}

function trackOf(words: readonly string[], companions: Companions, { log }: Candidate): Track | null {
  const numbers = [0, 1, 2, 3].map((i) => Number(words[i]))
  const name = words.length > 6 ? words.slice(4, -1).join(' ') : words[4]
  const offset = Number(words.at(-1))
  if (name === undefined || words.length < 6 || [...numbers, offset].some((number) => !Number.isSafeInteger(number) || number < 0))
    return null
  const [number, startLba, control, sectorBytes] = numbers as [number, number, number, number]
  if (number < 1 || number > MAX_TRACKS || (sectorBytes !== DATA_BYTES && sectorBytes !== RAW_SECTOR_BYTES)) return null
  const mode = control === DATA_CONTROL ? 'mode1' : 'audio'
  const file = companions.open(name) ?? NOTHING
  const stored = new WindowByteSource(file, offset, file.sizeBytes)
  const session = startLba >= HIGH_DENSITY_LBA ? 2 : 1
  return makeTrack({ number, session, mode, layout: layoutOf(mode, sectorBytes, 0), startLba, stored }, log)
}
