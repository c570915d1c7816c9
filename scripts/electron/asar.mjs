/** asar archives: two Chromium pickles (header size, header string), then the file bodies. */
import { open, writeFile } from 'node:fs/promises'

/** Writes a flat archive; `files` maps a name to its bytes or text. */
export async function writeAsar(destination, files) {
  const header = { files: {} }
  const bodies = []
  let offset = 0
  for (const [name, content] of Object.entries(files)) {
    const body = Buffer.from(content)
    header.files[name] = { size: body.length, offset: String(offset) }
    offset += body.length
    bodies.push(body)
  }
  const json = Buffer.from(JSON.stringify(header))
  const paddedBytes = Math.ceil(json.length / 4) * 4
  const head = Buffer.alloc(16 + paddedBytes)
  head.writeUInt32LE(4, 0)
  head.writeUInt32LE(paddedBytes + 8, 4)
  head.writeUInt32LE(paddedBytes + 4, 8)
  head.writeUInt32LE(json.length, 12)
  json.copy(head, 16)
  await writeFile(destination, Buffer.concat([head, ...bodies]))
}

function* walk(folder, prefix) {
  for (const [name, entry] of Object.entries(folder.files))
    if (entry.files) yield* walk(entry, `${prefix}${name}/`)
    else yield { path: prefix + name, sizeBytes: entry.size ?? 0 }
}

/** Gives the path and size of every file in an archive. */
export async function listAsar(path) {
  const file = await open(path, 'r')
  try {
    const sizes = Buffer.alloc(16)
    await file.read(sizes, 0, 16, 0)
    const json = Buffer.alloc(sizes.readUInt32LE(12))
    await file.read(json, 0, json.length, 16)
    return [...walk(JSON.parse(json.toString('utf8')), '')]
  } finally {
    await file.close()
  }
}
