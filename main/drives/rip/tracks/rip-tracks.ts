/**
 * Reads a disc with audio, or audio and data, into BIN and CUE, by a program of the system: only the drive's own commands
 * give audio. What it reads is laid anew, so that every reader of CUE sheets takes it, and the codes in its data are checked.
 */
import { existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { ReadBack, RipRequest, RipResult } from '../../../../shared/drives.ts'
import { formatCount } from '../../../../shared/format.ts'
import type { JobControl } from '../../../../shared/job.ts'
import { Problem } from '../../../../shared/problem.ts'
import { FindingLog } from '../../../bytes/finding-log.ts'
import { type Container, isData } from '../../../containers/container.ts'
import { formatCueSheet } from '../../../containers/cue/write-cue-sheet.ts'
import { openContainer } from '../../../containers/open-container.ts'
import { RAW_SECTOR_BYTES } from '../../../containers/sector-layout.ts'
import { trackUserData } from '../../../containers/track-data.ts'
import { noSpaceFor, targetExists } from '../../../output/output-problems.ts'
import { volumeFacts } from '../../../output/volume-facts.ts'
import { supervise } from '../../burn/supervised-work.ts'
import type { DiscTracks, DriveAdapter, OpenMedium } from '../../drive-adapter.ts'
import { parseDriveAddress } from '../../drive-address.ts'
import { readBack } from '../../read-back.ts'
import { type LaidTracks, layTracks } from './lay-tracks.ts'
import { sectorRanges } from './sector-ranges.ts'
import { type TrackFiles, trackFilesFor } from './track-files.ts'
import { UserDataContent } from './user-data-content.ts'

/** A disc that was read is open to the system again after this time. */
const SETTLING_MS = 5000
/** A track of data may end in sectors that hold nothing and can't be read. */
const RUN_OUT_SECTORS = 2
const SECTOR_BYTES = 2048

export type TrackAdapter = Pick<DriveAdapter, 'openMedium'> & Required<Pick<DriveAdapter, 'readTracks'>>

/** Throws Problems as `ripDisc` does. Nothing is left of a disc that could not be read to its end. */
export async function ripTracks(request: RipRequest, disc: DiscTracks, adapter: TrackAdapter, control: JobControl): Promise<RipResult> {
  const startedMs = Date.now()
  const files = trackFilesFor(request.outPath)
  requireFree(files, request)
  requireRoom(files, disc)
  const folder = mkdtempSync(join(dirname(files.binPath), '.isomer-tracks-'))
  const dataPath = join(folder, 'disc.bin')
  control.temporary(dataPath)
  try {
    const tocPath = join(folder, 'disc.toc')
    await readTracks(request, disc, { dataPath, tocPath }, adapter, control)
    const opened = await openContainer(tocPath, new FindingLog())
    try {
      const { container } = opened
      if (container === null) throw noTracks()
      const binPath = join(folder, 'laid.bin')
      const laid = await layTracks(container, binPath, control)
      const secondReading = request.verify ? await readDataAgain(request, container, adapter, control) : null
      putInPlace(files, binPath, container, laid)
      return { ...resultOf(files, disc, laid, secondReading), durationMs: Date.now() - startedMs }
    } finally {
      opened.close()
    }
  } catch (error) {
    throw nothingKept(error)
  } finally {
    rmSync(folder, { recursive: true, force: true })
    control.temporary(null)
  }
}

function requireFree({ binPath, cuePath }: TrackFiles, { resume, overwrite }: RipRequest): void {
  if (resume)
    throw new Problem({
      kind: 'usage',
      code: 'no-resume-with-audio',
      message: 'Reading a disc with audio can’t be gone on with; it begins anew each time.',
      advice: 'Start without --resume.',
    })
  for (const path of [binPath, cuePath]) if (!overwrite && existsSync(path)) throw targetExists(path)
}

/** For a while there are two copies. */
function requireRoom({ binPath }: TrackFiles, { sectorCount }: DiscTracks): void {
  const folder = dirname(binPath)
  const needBytes = 2 * sectorCount * RAW_SECTOR_BYTES
  const freeBytes = volumeFacts(folder)?.freeBytes ?? Number.POSITIVE_INFINITY
  if (needBytes > freeBytes) throw noSpaceFor(folder, needBytes, freeBytes)
}

async function readTracks(
  { drive }: RipRequest,
  { audio, data }: DiscTracks,
  paths: { readonly dataPath: string; readonly tocPath: string },
  adapter: TrackAdapter,
  control: JobControl,
): Promise<void> {
  const work = adapter.readTracks(
    { drive: parseDriveAddress(drive), ...paths },
    {
      line: (text) => control.log('info', text),
      progress: ({ doneSectors, totalSectors }) =>
        control.progress({
          phase: 'read',
          doneBytes: doneSectors * RAW_SECTOR_BYTES,
          totalBytes: totalSectors * RAW_SECTOR_BYTES,
          doneItems: doneSectors,
          current: null,
        }),
    },
  )
  const words = [formatCount(audio, 'track of audio', 'tracks of audio'), ...(data === 0 ? [] : [`${data} of data`])]
  control.log('info', `Reading ${words.join(' and ')} with ${work.note.tool}: ${work.note.reason}`)
  await supervise(work, control)
}

/** Of audio there is no second reading to compare: drives give it a little shifted each time. */
async function readDataAgain(
  request: RipRequest,
  container: Container,
  adapter: TrackAdapter,
  control: JobControl,
): Promise<ReadBack | null> {
  const tracks = container.tracks.filter(isData)
  if (tracks.length === 0) {
    control.log('info', 'Audio is not read a second time.')
    return null
  }
  const medium: OpenMedium = await adapter.openMedium(parseDriveAddress(request.drive), SETTLING_MS)
  try {
    const content = new UserDataContent(
      tracks.map((track) => ({ startBytes: track.startLba * SECTOR_BYTES, source: trackUserData(track) })),
    )
    const ranges = sectorRanges(tracks, RUN_OUT_SECTORS, SECTOR_BYTES)
    return await readBack(medium.source, content, ranges, control)
  } finally {
    medium.source.close()
  }
}

/** The sheet comes last: without it there is no image. */
function putInPlace({ binPath, cuePath }: TrackFiles, laidPath: string, { catalog }: Container, { tracks }: LaidTracks): void {
  const sheetPath = join(dirname(laidPath), 'disc.cue')
  writeFileSync(sheetPath, formatCueSheet({ binName: basename(binPath), catalog, tracks }))
  renameSync(laidPath, binPath)
  renameSync(sheetPath, cuePath)
}

function resultOf(
  { cuePath }: TrackFiles,
  { audio, data }: DiscTracks,
  { sizeBytes, sha256, badSectors }: LaidTracks,
  secondReading: ReadBack | null,
): Omit<RipResult, 'durationMs'> {
  const unreadBytes = badSectors.length * RAW_SECTOR_BYTES
  const none = { damagedFileCount: 0, damagedFiles: [], mapPath: null, protection: null, cells: '' }
  const missing = rangesOf(badSectors)
  const found = { unreadBytes, missingRangeCount: missing.length, missing, tracks: { audio, data } }
  return { kind: 'rip', path: cuePath, sizeBytes, sha256, secondReading, ...none, ...found }
}

function rangesOf(sectors: readonly number[]): RipResult['missing'] {
  const ranges: { firstSector: number; sectorCount: number; hits: readonly string[] }[] = []
  for (const sector of sectors) {
    const last = ranges.at(-1)
    if (last !== undefined && last.firstSector + last.sectorCount === sector) last.sectorCount++
    else ranges.push({ firstSector: sector, sectorCount: 1, hits: [] })
  }
  return ranges
}

function noTracks(): Problem {
  return new Problem({ kind: 'io', code: 'reading-failed', message: 'The program that read the disc left no description of its tracks.' })
}

function nothingKept(thrown: unknown): unknown {
  if (!(thrown instanceof Problem) || thrown.report.kind === 'bug' || thrown.report.kept !== undefined) return thrown
  return new Problem({ ...thrown.report, kept: 'Nothing was written.' }, { cause: thrown })
}
