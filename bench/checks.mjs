/**
 * What a run must have left behind to count: a contender that stopped half-way would otherwise be the fastest.
 * Each gives undefined or a sentence saying what is wrong.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** The image is there and has room for every byte of the input. */
export function madeImage({ outPath, input }) {
  const sizeBytes = statSync(outPath, { throwIfNoEntry: false })?.size ?? 0
  return sizeBytes >= input.sizeBytes ? undefined : `the image has ${sizeBytes} bytes, and its content ${input.sizeBytes}`
}

/** At least one line for each file; a floor lists nothing. */
export function listsEverything({ stdoutPath, input, contender }) {
  if (contender.role === 'floor') return undefined
  const lines = readFileSync(stdoutPath, 'latin1').split('\n').length - 1
  return lines >= input.fileCount ? undefined : `it listed ${lines} lines for ${input.fileCount} files`
}

/** As many files, and as many bytes in them, as went in. */
export function unpackedEverything({ outPath, input }) {
  const { fileCount, sizeBytes } = contentOf(outPath)
  if (fileCount === input.fileCount && sizeBytes === input.sizeBytes) return undefined
  return `it extracted ${fileCount} files of ${sizeBytes} bytes, not ${input.fileCount} of ${input.sizeBytes}`
}

/** The digest among whatever else it prints. */
export function printsDigest({ stdoutPath, imageSha256 }) {
  return readFileSync(stdoutPath, 'latin1').includes(imageSha256) ? undefined : 'it gave another digest'
}

/** The digest, or for a program that was told what to expect, that it matches. */
export function saysDigest({ stdoutPath, imageSha256, contender }) {
  const isAnswered = contender.role === 'isomer' || readFileSync(stdoutPath, 'latin1').includes(imageSha256)
  return isAnswered ? undefined : 'it gave another digest'
}

function contentOf(folder) {
  const content = { fileCount: 0, sizeBytes: 0 }
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue
    content.fileCount += 1
    content.sizeBytes += statSync(join(entry.parentPath, entry.name)).size
  }
  return content
}
