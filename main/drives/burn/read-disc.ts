/** Reads a disc that was just written and compares it with what was to be written. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { BurnedCopy, ReadBack } from '../../../shared/drives.ts'
import type { JobControl } from '../../../shared/job.ts'
import { Problem, problemText } from '../../../shared/problem.ts'
import type { SectorSource } from '../../bytes/sector-source.ts'
import type { DriveAdapter } from '../drive-adapter.ts'
import type { DriveAddress } from '../drive-address.ts'
import { type ExpectedContent, readBack } from '../read-back.ts'
import { readBackWords } from '../read-back-words.ts'

/** A drive takes this long to know a disc that was just loaded. */
const LOADING_MS = 30_000
const LOOK_AGAIN_MS = 500

/** What is known of the image once a disc was written from it. */
export interface Written {
  /** Where it begins on the disc. */
  readonly startBytes: number
  readonly sizeBytes: number
  readonly sha256: string | null
  readonly openExpected: () => Expected
}

interface Expected {
  readonly content: ExpectedContent
  /** Of what was compared, where it was all of it in order. */
  readonly sha256: () => string | null
  readonly close: () => void
}

export interface ReadDisc extends Pick<BurnedCopy, 'verified' | 'verifyProblem'> {
  readonly sha256: string | null
}

/** That it could not be compared is a result of its own: the disc is written. Throws the cancelled Problem, and bugs. */
export async function readDisc(written: Written, drive: DriveAddress, adapter: DriveAdapter, control: JobControl): Promise<ReadDisc> {
  control.log('info', 'Reading the disc back, to compare it with what was to be written.')
  try {
    const { verified, sha256 } = await compared(written, drive, adapter, control)
    control.log(verified.isSame ? 'info' : 'error', readBackWords(verified, 'disc'))
    return { verified, verifyProblem: null, sha256 }
  } catch (error) {
    if (!(error instanceof Problem) || error.report.kind === 'bug') throw error
    if (error.report.kind === 'cancelled')
      throw new Problem({ ...error.report, kept: 'The disc is written to its end; it was not compared to its end.' }, { cause: error })
    control.log('error', `The disc could not be compared. ${error.report.message}`)
    return { verified: null, verifyProblem: problemText(error.report), sha256: null }
  }
}

/** Out and in again, so that nothing is believed that system or drive remember of the disc. In also when it was not seen leaving. */
async function reload(drive: DriveAddress, adapter: DriveAdapter): Promise<void> {
  await adapter.moveTray(drive, 'eject')
  await adapter.moveTray(drive, 'load')
}

/** A busy system may not have noticed that the disc has grown, and lets nothing be read behind its old end: the disc would seem bad. */
async function openGrown(drive: DriveAddress, adapter: DriveAdapter, endBytes: number): Promise<SectorSource> {
  for (let waitedMs = 0; ; waitedMs += LOOK_AGAIN_MS) {
    const { source } = await adapter.openMedium(drive, LOADING_MS)
    if (source.sizeBytes >= endBytes || waitedMs >= LOADING_MS) return source
    source.close()
    await sleep(LOOK_AGAIN_MS)
  }
}

async function compared(
  { startBytes, sizeBytes, openExpected }: Written,
  drive: DriveAddress,
  adapter: DriveAdapter,
  control: JobControl,
): Promise<{ readonly verified: ReadBack; readonly sha256: string | null }> {
  if (drive.kind === 'device') await reload(drive, adapter)
  const source = await openGrown(drive, adapter, startBytes + sizeBytes)
  const expected = openExpected()
  try {
    const content: ExpectedContent = { isSame: (at, bytes) => expected.content.isSame(at - startBytes, bytes) }
    const verified = await readBack(source, content, [{ startBytes, endBytes: startBytes + sizeBytes }], control)
    return { verified, sha256: expected.sha256() }
  } finally {
    expected.close()
    source.close()
  }
}
