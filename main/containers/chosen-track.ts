/** The data track that is meant, by its number or by itself. */
import { formatCount } from '../../shared/format.ts'
import { Problem } from '../../shared/problem.ts'
import { type Container, isData, type Track } from './container.ts'

/** Throws a `usage` Problem when there is no such track, or when it is none with data; `image` for a disc of audio only. */
export function chosenTrack(path: string, container: Container, number: number | undefined): Track {
  const data = container.tracks.filter(isData)
  if (number === undefined) {
    const main = data.find((track) => track.number === container.mainTrack) ?? data[0]
    if (main !== undefined) return main
    throw new Problem({
      kind: 'image',
      code: 'audio-only',
      message: `${path} has no data track, only ${formatCount(container.tracks.length, 'track', 'tracks')} of audio.`,
      advice: 'isomer convert makes WAV or FLAC files of them.',
    })
  }
  const track = container.tracks.find((candidate) => candidate.number === number)
  if (track !== undefined && isData(track)) return track
  throw new Problem({
    kind: 'usage',
    code: 'no-such-track',
    message: track === undefined ? `${path} has no track ${number}.` : `${path} has audio in track ${number}, no files.`,
    advice: dataTracksSentence(data),
  })
}

function dataTracksSentence(data: readonly Track[]): string {
  const numbers = data.map((track) => track.number).join(', ')
  if (data.length === 0) return 'It has no data track at all.'
  return data.length === 1 ? `Its data track is: ${numbers}.` : `Its data tracks are: ${numbers}.`
}
