/** Tells OpenPGP files apart without reading them whole: armoured blocks (RFC 9580 6.2) and bare packets (4.2). */

export type OpenPgpKind = 'signature' | 'clear-signed' | 'public-key' | 'private-key' | 'message'

const armorTitles: Readonly<Record<string, OpenPgpKind>> = {
  SIGNATURE: 'signature',
  'SIGNED MESSAGE': 'clear-signed',
  'PUBLIC KEY BLOCK': 'public-key',
  'PRIVATE KEY BLOCK': 'private-key',
  MESSAGE: 'message',
}
const ARMOR = /^-----BEGIN PGP ([A-Z ]+)-----[ \t\r]*$/m

/** Packet types (RFC 9580 5) that a file of each kind begins with. */
const packetKinds: Readonly<Record<number, OpenPgpKind>> = { 2: 'signature', 4: 'message', 5: 'private-key', 6: 'public-key', 8: 'message' }

/** The type of the packet that begins here; null when no packet does. */
function packetType(first: number): number | null {
  if (first < 0x80) return null
  return first >= 0xc0 ? first & 0x3f : (first >> 2) & 0x0f
}

/** What the first block or packet of a file is; null when it is nothing of OpenPGP. */
export function openPgpKindOf(bytes: Uint8Array): OpenPgpKind | null {
  const title = ARMOR.exec(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'))?.[1]
  if (title !== undefined) return armorTitles[title] ?? null
  const type = packetType(bytes[0] ?? 0)
  return type === null ? null : (packetKinds[type] ?? null)
}

/** All armoured blocks of a kind, in order; a clear-signed one reaches to the end of its signature. */
export function armoredBlocks(text: string, kind: Exclude<OpenPgpKind, 'message'>): string[] {
  const [title] = Object.entries(armorTitles).find(([, known]) => known === kind) as [string, OpenPgpKind]
  const begin = lineFinder(`-----BEGIN PGP ${title}-----`)
  const end = lineFinder(`-----END PGP ${kind === 'clear-signed' ? 'SIGNATURE' : title}-----`)
  const blocks: string[] = []
  for (let from = begin(text, 0); from !== null; ) {
    const to = end(text, from.end)
    if (to === null) return blocks
    blocks.push(text.slice(from.start, to.end))
    from = begin(text, to.end)
  }
  return blocks
}

/** Finds the next line that holds these words and, behind them, at most blanks. */
function lineFinder(words: string): (text: string, from: number) => { readonly start: number; readonly end: number } | null {
  const pattern = new RegExp(`^${words}[ \\t\\r]*$`, 'gm')
  return (text, from) => {
    pattern.lastIndex = from
    const match = pattern.exec(text)
    return match === null ? null : { start: match.index, end: match.index + match[0].length }
  }
}
