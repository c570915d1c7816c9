/** Electron's fuse wire: a sentinel, a version byte (1), a length byte, then one ASCII '0', '1' or 'r' (removed) per fuse. */
import { readFile, writeFile } from 'node:fs/promises'

const SENTINEL = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX', 'latin1')
const STATES = new Map([
  [0x30, 'off'],
  [0x31, 'on'],
  [0x72, 'removed'],
])

/** Fuse names in the order of the wire, as electron-builder spells them. */
export const fuseNames = [
  'runAsNode',
  'enableCookieEncryption',
  'enableNodeOptionsEnvironmentVariable',
  'enableNodeCliInspectArguments',
  'enableEmbeddedAsarIntegrityValidation',
  'onlyLoadAppFromAsar',
  'loadBrowserProcessSpecificV8Snapshot',
  'grantFileProtocolExtraPrivileges',
]

function* wires(binary) {
  let at = binary.indexOf(SENTINEL)
  if (at < 0) throw new Error('this is no Electron binary: it has no fuse wire')
  for (; at >= 0; at = binary.indexOf(SENTINEL, at + SENTINEL.length)) {
    const base = at + SENTINEL.length
    if (binary[base] !== 1) throw new Error(`unknown fuse wire version ${binary[base]}`)
    yield { start: base + 2, count: binary[base + 1] }
  }
}

/** Gives a Map of fuse name to 'on', 'off' or 'removed'; a universal binary must say the same in each slice. */
export async function readFuses(executable) {
  const binary = await readFile(executable)
  const fuses = new Map()
  for (const { start, count } of wires(binary))
    for (let i = 0; i < Math.min(count, fuseNames.length); i++) {
      const state = STATES.get(binary[start + i]) ?? 'unknown'
      const before = fuses.get(fuseNames[i]) ?? state
      fuses.set(fuseNames[i], before === state ? state : 'mixed')
    }
  return fuses
}

/** Sets fuses by name, in place. */
export async function setFuses(executable, changes) {
  const binary = await readFile(executable)
  for (const { start, count } of wires(binary))
    for (const [name, on] of Object.entries(changes)) {
      const index = fuseNames.indexOf(name)
      if (index < 0 || index >= count) throw new Error(`this Electron has no fuse ${name}`)
      binary[start + index] = on ? 0x31 : 0x30
    }
  await writeFile(executable, binary)
}
