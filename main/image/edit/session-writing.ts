/** Writes a session behind an image: into a copy that appears whole, or into the image itself. */
import { closeSync, constants, fsyncSync, ftruncateSync, openSync } from 'node:fs'
import type { JobControl } from '../../../shared/job.ts'
import { TRANSFER_BYTES } from '../../../shared/limits.ts'
import { Problem } from '../../../shared/problem.ts'
import { alignedBuffer } from '../../bytes/aligned-buffer.ts'
import type { ByteSource } from '../../bytes/byte-source.ts'
import { fileSink, writeFully } from '../../bytes/sequential-writer.ts'
import { SECTOR_BYTES } from '../../iso9660/volume-descriptor.ts'
import { openAtomicOutput } from '../../output/atomic-output.ts'
import { outputProblem } from '../../output/output-problems.ts'
import { writeStream } from '../create/create-image.ts'
import type { OpenImage } from '../open-image.ts'
import type { LaidOutSession } from './appended-session.ts'

/** Gives the bytes that had to be written. Until all is there nothing is under the new name. */
export async function writeSessionBehindCopy(
  image: OpenImage,
  session: LaidOutSession,
  target: { readonly outPath: string; readonly overwrite: boolean },
  control: JobControl,
): Promise<number> {
  const output = openAtomicOutput(target.outPath, target.overwrite, control, image.contained === null ? image.path : null)
  try {
    const copiedBytes = output.isClone ? 0 : await copyBytes(image.source, image.path, output.fd, control)
    const writtenBytes = await appendTo(output.fd, session, control)
    image.source.assertUnchanged()
    switchOver(output.fd, session)
    await output.commit()
    return copiedBytes + writtenBytes
  } catch (error) {
    output.discard()
    throw error instanceof Problem ? error : outputProblem(target.outPath, error)
  }
}

/**
 * Gives the bytes that were written. The image shows its old state until the session is on the disk; when that fails, it
 * is cut to its old length.
 */
export async function writeSessionInto(image: OpenImage, session: LaidOutSession, control: JobControl): Promise<number> {
  let fd: number
  try {
    fd = openSync(image.path, constants.O_RDWR)
  } catch (error) {
    throw outputProblem(image.path, error)
  }
  let isSwitched = false
  try {
    const writtenBytes = await appendTo(fd, session, control)
    fsyncSync(fd)
    isSwitched = true
    switchOver(fd, session)
    fsyncSync(fd)
    return writtenBytes
  } catch (error) {
    if (!isSwitched) restoreLength(fd, session.layout.startLba * SECTOR_BYTES, image.source.sizeBytes)
    throw error instanceof Problem ? error : outputProblem(image.path, error)
  } finally {
    closeSync(fd)
  }
}

/** A session can begin in the padding behind the last one, which was zeros. */
function restoreLength(fd: number, sessionStartBytes: number, oldSizeBytes: number): void {
  ftruncateSync(fd, Math.min(sessionStartBytes, oldSizeBytes))
  ftruncateSync(fd, oldSizeBytes)
}

async function copyBytes(source: ByteSource, path: string, fd: number, control: JobControl): Promise<number> {
  const buffer = alignedBuffer(TRANSFER_BYTES)
  for (let at = 0; at < source.sizeBytes; at += buffer.length) {
    writeFully(fd, buffer.subarray(0, source.read(at, buffer)), at)
    const pause = control.checkpoint()
    if (pause === undefined) continue
    control.progress({ phase: 'read', doneBytes: at, totalBytes: source.sizeBytes, doneItems: 0, current: path })
    await pause
  }
  return source.sizeBytes
}

async function appendTo(fd: number, { layout, keptBeginning }: LaidOutSession, control: JobControl): Promise<number> {
  if (keptBeginning !== null) writeFully(fd, keptBeginning.bytes, keptBeginning.offsetBytes)
  const startBytes = layout.startLba * SECTOR_BYTES
  const file = fileSink(fd)
  const sink = { fd: null, write: (bytes: Uint8Array, positionBytes: number) => file.write(bytes, startBytes + positionBytes) }
  await writeStream(layout, null, sink, control)
  return layout.sizeBytes - startBytes + (keptBeginning?.bytes.length ?? 0)
}

/** Padding that the old image had behind the session's end goes. */
function switchOver(fd: number, session: LaidOutSession): void {
  for (const { offsetBytes, bytes } of session.switchOver()) writeFully(fd, bytes, offsetBytes)
  ftruncateSync(fd, session.layout.sizeBytes)
}
