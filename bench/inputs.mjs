/** What is worked on: the same pseudo-random bytes on every machine, so nothing is stored once, skipped or compressed. */
import { createCipheriv, createHash } from 'node:crypto'
import { closeSync, mkdirSync, openSync, readSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'

const CHUNK_BYTES = 256 * 1024
const MIB = 1024 * 1024
const MEAN_FILE_BYTES = 10_000
const MAX_FILE_BYTES = 100_000

const small = (fileCount, folderCount) => ({
  title: `${fileCount.toLocaleString('en')} small files, ${Math.round((fileCount * MEAN_FILE_BYTES) / 1e6)} MB`,
  fileCount,
  folderCount,
  expectedBytes: fileCount * MEAN_FILE_BYTES,
  make: makeSmallFiles,
})

const big = (title, sizeBytes) => ({ title, fileCount: 1, folderCount: 0, expectedBytes: sizeBytes, make: makeBigFile })

/** The inputs by name, at their full size or a tenth of it. */
export function inputsOf({ isSmall }) {
  return isSmall
    ? { small: small(5_000, 50), big: big('one file of 307 MiB', 307 * MIB) }
    : { small: small(50_000, 500), big: big('one file of 3 GiB', 3072 * MIB) }
}

/** AES in counter mode: gigabytes of noise a second, always the same. */
function noise() {
  const cipher = createCipheriv('aes-128-ctr', Buffer.alloc(16, 'isomer bench key'), Buffer.alloc(16))
  const zeros = Buffer.alloc(CHUNK_BYTES)
  return (sizeBytes) => cipher.update(zeros.subarray(0, sizeBytes))
}

/** Many small, few large, as in a home folder: exponential around the mean. */
function fileSizeBytes(next) {
  const uniform = next(4).readUInt32LE() / 2 ** 32
  return Math.min(MAX_FILE_BYTES, Math.round(-Math.log(1 - uniform) * MEAN_FILE_BYTES))
}

function makeSmallFiles({ fileCount, folderCount }, folder) {
  const next = noise()
  const filesPerFolder = fileCount / folderCount
  let sizeBytes = 0
  for (let folderIndex = 0; folderIndex < folderCount; folderIndex += 1) {
    const subfolder = join(folder, `Holiday pictures ${String(folderIndex + 1).padStart(3, '0')}`)
    mkdirSync(subfolder)
    for (let fileIndex = 0; fileIndex < filesPerFolder; fileIndex += 1) {
      const content = next(fileSizeBytes(next))
      writeFileSync(join(subfolder, `picture-${String(fileIndex + 1).padStart(5, '0')}.jpeg`), content)
      sizeBytes += content.length
    }
  }
  return { fileCount, sizeBytes, sourceFile: null }
}

function makeBigFile({ expectedBytes }, folder) {
  const next = noise()
  const sourceFile = join(folder, 'film.mkv')
  const file = openSync(sourceFile, 'wx')
  try {
    for (let doneBytes = 0; doneBytes < expectedBytes; doneBytes += CHUNK_BYTES)
      writeSync(file, next(Math.min(CHUNK_BYTES, expectedBytes - doneBytes)))
  } finally {
    closeSync(file)
  }
  return { fileCount: 1, sizeBytes: expectedBytes, sourceFile }
}

/** Hex digest of a file, for comparing what the contenders say. */
export function sha256OfFile(path) {
  const hash = createHash('sha256')
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES)
  const file = openSync(path, 'r')
  try {
    for (let got = readSync(file, buffer); got > 0; got = readSync(file, buffer)) hash.update(buffer.subarray(0, got))
  } finally {
    closeSync(file)
  }
  return hash.digest('hex')
}
