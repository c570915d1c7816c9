/** Reads the zip files that Electron is shipped in (stored and deflated, no zip64), so that no unzip program is needed. */
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createInflateRaw } from 'node:zlib'

const END_RECORD = Buffer.from('PK\x05\x06', 'latin1')
const END_RECORD_MAX_BYTES = 65_557
const CHUNK_BYTES = 1 << 20

async function readAt(file, offset, length) {
  const bytes = Buffer.alloc(length)
  const { bytesRead } = await file.read(bytes, 0, length, offset)
  if (bytesRead !== length) throw new Error('the zip file is cut short')
  return bytes
}

async function* centralDirectory(file) {
  const { size } = await file.stat()
  const tailBytes = Math.min(size, END_RECORD_MAX_BYTES)
  const tail = await readAt(file, size - tailBytes, tailBytes)
  const end = tail.lastIndexOf(END_RECORD)
  if (end < 0) throw new Error('not a zip file')
  const count = tail.readUInt16LE(end + 10)
  const directoryOffset = tail.readUInt32LE(end + 16)
  if (count === 0xffff || directoryOffset === 0xffffffff) throw new Error('zip64 is not supported')
  const directory = await readAt(file, directoryOffset, tail.readUInt32LE(end + 12))
  for (let i = 0, at = 0; i < count; i++) {
    const nameBytes = directory.readUInt16LE(at + 28)
    yield {
      method: directory.readUInt16LE(at + 10),
      compressedBytes: directory.readUInt32LE(at + 20),
      unixMode: directory.readUInt32LE(at + 38) >>> 16,
      headerOffset: directory.readUInt32LE(at + 42),
      name: directory.toString('utf8', at + 46, at + 46 + nameBytes),
    }
    at += 46 + nameBytes + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32)
  }
}

async function extractEntry(zipPath, file, entry, destination) {
  await mkdir(dirname(destination), { recursive: true })
  if (entry.compressedBytes === 0) return writeFile(destination, '')
  const header = await readAt(file, entry.headerOffset, 30)
  const start = entry.headerOffset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
  const source = createReadStream(zipPath, { start, end: start + entry.compressedBytes - 1, highWaterMark: CHUNK_BYTES })
  const sink = createWriteStream(destination, { mode: entry.unixMode & 0o111 ? 0o755 : 0o644 })
  if (entry.method === 0) return pipeline(source, sink)
  if (entry.method === 8) return pipeline(source, createInflateRaw({ chunkSize: CHUNK_BYTES }), sink)
  throw new Error(`${entry.name}: zip method ${entry.method} is not supported`)
}

/** Writes the files under `prefix` that `keep` wants into `outDir`; `keep` gets the name without the prefix. */
export async function unzip(zipPath, outDir, prefix, keep) {
  const file = await open(zipPath, 'r')
  try {
    for await (const entry of centralDirectory(file)) {
      if (!entry.name.startsWith(prefix) || entry.name.endsWith('/')) continue
      const name = entry.name.slice(prefix.length)
      if (name.split('/').includes('..') || !keep(name)) continue
      await extractEntry(zipPath, file, entry, join(outDir, name))
    }
  } finally {
    await file.close()
  }
}
