/** The data track that is meant, by its number or by itself. */
import { formatCount } from '../../shared/format.ts'
import { Problem } from '../../shared/problem.ts'
import { type Container, isData, type Track } from './container.ts'

/** Throws a `usage` Problem when there is no such track, or when it is none with data; `image` for a disc of audio only. */
export function chosenTrack(path: string, container: Container, number: number | undefined): Track {
  const data = container.tracks.filter(isData)
  const numbers = data.map((track) => track.number).join(', ')
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
  const what = track === undefined ? `has no track ${number}` : `has audio in track ${number}, no files`
  const advice =
    data.length === 0 ? 'It has no data track at all.' : `Its data ${data.length === 1 ? 'track is' : 'tracks are'}: ${numbers}.`
  throw new Problem({ kind: 'usage', code: 'no-such-track', message: `${path} ${what}.`, advice })
}
