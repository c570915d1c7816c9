/** A container as tests look at it. */
import { createHash } from 'node:crypto'
import { type ByteSource, readUpTo } from '../../bytes/byte-source.ts'
import { FindingLog } from '../../bytes/finding-log.ts'
import type { Track } from '../container.ts'
import { openContainer } from '../open-container.ts'
import { trackSamples, trackUserData } from '../track-data.ts'

export const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')
export const allOf = (source: ByteSource): Buffer => readUpTo(source, 0, source.sizeBytes)

export interface SeenDisc {
  readonly kind: string
  readonly sessions: number
  readonly tracks: readonly Track[]
  /** User data or samples of each track. */
  readonly contents: readonly Buffer[]
  readonly findings: readonly string[]
  readonly companions: readonly string[]
  readonly mainTrack: number | null
}

/** `mostBytes` of each track's contents. Throws what opening throws, and when the file is no container. */
export async function seenDisc(path: string, mostBytes = Number.POSITIVE_INFINITY): Promise<SeenDisc> {
  const log = new FindingLog()
  const file = await openContainer(path, log)
  try {
    const { container } = file
    if (container === null) throw new Error(`${path} is no container`)
    const contents = container.tracks.map((track) =>
      readUpTo(track.mode === 'audio' ? trackSamples(track) : trackUserData(track), 0, mostBytes),
    )
    return {
      kind: container.kind,
      sessions: new Set(container.tracks.map(({ session }) => session)).size,
      tracks: container.tracks,
      contents,
      findings: log.list().map(({ code }) => code),
      companions: container.companions.map((companion) => companion.path),
      mainTrack: container.mainTrack,
    }
  } finally {
    file.close()
  }
}
