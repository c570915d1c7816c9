/** Images that no program here writes, built field by field as the formats' descriptions have them. */

const u8 = (...values: number[]): Buffer => Buffer.from(values)
export function be(bytes: 2 | 4 | 8, value: number): Buffer {
  const field = Buffer.alloc(bytes)
  if (bytes === 8) field.writeBigUInt64BE(BigInt(value))
  else field.writeUIntBE(value, 0, bytes)
  return field
}
export function le(bytes: 2 | 4 | 8, value: number): Buffer {
  const field = Buffer.alloc(bytes)
  if (bytes === 8) field.writeBigUInt64LE(BigInt(value))
  else field.writeUIntLE(value, 0, bytes)
  return field
}
const zeros = (length: number): Buffer => Buffer.alloc(length)
const text = (value: string, length: number): Buffer => Buffer.concat([Buffer.from(value, 'latin1'), zeros(length)]).subarray(0, length)

export interface BuiltTrack {
  /** Stored sectors, those of the gap before index 1 in front. */
  readonly stored: Buffer
  readonly gapSectors: number
  readonly sectorBytes: number
  readonly startLba: number
  /** Number of its kind in the format. */
  readonly mode: number
}

const bcd = (value: number): number => (Math.floor(value / 10) << 4) | (value % 10)

/** Nero, tracks written together ("disc at once"); each inner list is a session. */
export function nrg(sessions: readonly (readonly BuiltTrack[])[], version: 1 | 2): Buffer {
  const wide = version === 2
  const place = (value: number) => be(wide ? 8 : 4, value)
  const chunk = (id: string, content: Buffer) => Buffer.concat([Buffer.from(id), be(4, content.length), content])
  const cue = (track: number, index: number, lba: number) => {
    const frames = lba + 150
    const msf = u8(0, bcd(Math.floor(frames / 4500)), bcd(Math.floor(frames / 75) % 60), bcd(frames % 75))
    const signed = Buffer.alloc(4)
    signed.writeInt32BE(lba)
    return Buffer.concat([u8(0x41, track === 0xaa ? track : bcd(track), index, 0), wide ? signed : msf])
  }
  let at = 0
  let number = 1
  const chunks: Buffer[] = []
  for (const tracks of sessions) {
    const first = number
    const cues: Buffer[] = []
    const places: Buffer[] = []
    for (const { stored, gapSectors, sectorBytes, startLba, mode } of tracks) {
      cues.push(cue(number, 0, startLba - gapSectors), cue(number, 1, startLba))
      const startAt = at + gapSectors * sectorBytes
      places.push(
        Buffer.concat([text('', 12), be(2, sectorBytes), u8(mode, 0, 0, 1), place(at), place(startAt), place(at + stored.length)]),
      )
      at += stored.length
      number++
    }
    const head = Buffer.concat([be(4, 22 + places.length), text('0724385356926', 13), u8(0, 0, 0, first, number - 1)])
    chunks.push(chunk(wide ? 'CUEX' : 'CUES', Buffer.concat([...cues, cue(0xaa, 1, 0)])))
    chunks.push(chunk(wide ? 'DAOX' : 'DAOI', Buffer.concat([head, ...places])))
    chunks.push(chunk('SINF', be(4, tracks.length)))
  }
  chunks.push(chunk('MTYP', be(4, 1)), chunk('END!', zeros(0)))
  const footer = wide ? [Buffer.from('NER5'), be(8, at)] : [Buffer.from('NERO'), be(4, at)]
  return Buffer.concat([...sessions.flat().map(({ stored }) => stored), ...chunks, ...footer])
}

/** Nero, tracks written one by one ("track at once"). */
export function nrgTrackAtOnce(tracks: readonly BuiltTrack[], version: 1 | 2): Buffer {
  const wide = version === 2
  const place = (value: number) => be(wide ? 8 : 4, value)
  let at = 0
  const places = tracks.map(({ stored, mode, startLba }) => {
    const entry = Buffer.concat([place(at), place(stored.length), be(4, mode), be(4, startLba), zeros(wide ? 8 : 4)])
    at += stored.length
    return entry
  })
  const content = Buffer.concat(places)
  const chunks = [Buffer.from(wide ? 'ETN2' : 'ETNF'), be(4, content.length), content, Buffer.from('SINF'), be(4, 4), be(4, tracks.length)]
  const footer = wide ? [Buffer.from('NER5'), be(8, at)] : [Buffer.from('NERO'), be(4, at)]
  return Buffer.concat([...tracks.map(({ stored }) => stored), ...chunks, Buffer.from('END!'), zeros(4), ...footer])
}

const CDI_VERSIONS = { 2: 0x80000004, 3: 0x80000005, 3.5: 0x80000006 } as const
const CDI_SIZES = [2048, 2336, 2352]

/** DiscJuggler. `startLba` is of index 1. */
export function cdi(sessions: readonly (readonly BuiltTrack[])[], version: 2 | 3 | 3.5): Buffer {
  const mark = Buffer.from('000001000000ffffffff', 'hex')
  const tracks = sessions.flat()
  const track = ({ stored, gapSectors, sectorBytes, startLba, mode }: BuiltTrack) => {
    const total = stored.length / sectorBytes
    return Buffer.concat([
      le(4, 0),
      mark,
      mark,
      zeros(4),
      u8(8),
      Buffer.from('disc.cdi'),
      zeros(19),
      le(4, 0),
      zeros(2),
      le(4, gapSectors),
      le(4, total - gapSectors),
      zeros(6),
      le(4, mode),
      zeros(12),
      le(4, startLba - gapSectors + 150),
      le(4, total),
      zeros(16),
      le(4, CDI_SIZES.indexOf(sectorBytes)),
      zeros(29),
      ...(version === 2 ? [] : [zeros(5), le(4, 0)]),
    ])
  }
  const session = (list: readonly BuiltTrack[]) => Buffer.concat([le(2, list.length), ...list.map(track), zeros(version === 2 ? 12 : 13)])
  const description = Buffer.concat([le(2, sessions.length), ...sessions.map(session), le(2, 0)])
  const bytes = Buffer.concat(tracks.map(({ stored }) => stored))
  const place = version === 3.5 ? description.length + 8 : bytes.length
  return Buffer.concat([bytes, description, le(4, CDI_VERSIONS[version]), le(4, place)])
}

/** The .mds of Alcohol; `mode` as in its track blocks, `sectorBytes` with what sub-channel there is. */
export function mds(
  sessions: readonly (readonly (BuiltTrack & { readonly hasSubchannel?: boolean })[])[],
  name: string,
  isDvd = false,
): Buffer {
  const all = sessions.flat()
  const [headBytes, sessionBytes, trackBytes, extraBytes] = [88, 24 * sessions.length, 80, 8]
  const tracksAt = headBytes + sessionBytes
  const extrasAt = tracksAt + trackBytes * all.length
  const footerAt = extrasAt + extraBytes * all.length
  const signed = (value: number) => {
    const field = Buffer.alloc(4)
    field.writeInt32LE(value)
    return field
  }
  const head = Buffer.concat([
    Buffer.from('MEDIA DESCRIPTOR'),
    u8(1, 3),
    le(2, isDvd ? 0x10 : 0),
    le(2, sessions.length),
    zeros(58),
    le(4, headBytes),
    zeros(4),
  ])
  let index = 0
  let at = 0
  const sessionBlocks: Buffer[] = []
  const trackBlocks: Buffer[] = []
  const extras: Buffer[] = []
  for (const [i, tracks] of sessions.entries()) {
    const [first, last] = [index + 1, index + tracks.length]
    const counts = [u8(tracks.length, 0), le(2, first), le(2, last), zeros(4), le(4, tracksAt + index * trackBytes)]
    sessionBlocks.push(Buffer.concat([signed(-150), signed(0), le(2, i + 1), ...counts]))
    for (const { stored, sectorBytes, startLba, mode, hasSubchannel } of tracks) {
      const point = index + 1
      const extraAt = isDvd ? 0 : extrasAt + index * extraBytes
      const fixed = [u8(mode, hasSubchannel ? 8 : 0, 0x14, 0, point), zeros(7), le(4, extraAt), le(2, sectorBytes), zeros(18)]
      trackBlocks.push(Buffer.concat([...fixed, signed(startLba), le(8, at), le(4, 1), le(4, footerAt), zeros(24)]))
      extras.push(Buffer.concat([le(4, index === 0 ? 150 : 0), le(4, stored.length / sectorBytes)]))
      at += stored.length
      index++
    }
  }
  const footer = Buffer.concat([le(4, footerAt + 16), le(4, 0), zeros(8)])
  return Buffer.concat([head, ...sessionBlocks, ...trackBlocks, ...extras, footer, Buffer.from(`${name}\0`, 'latin1')])
}

/** Head of an ECM record. */
function ecmHead(kind: number, count: number): Buffer {
  let left = count - 1
  const bytes = [kind | ((left & 0x1f) << 2)]
  left = Math.floor(left / 32)
  while (left > 0) {
    bytes[bytes.length - 1] = (bytes.at(-1) as number) | 0x80
    bytes.push(left & 0x7f)
    left = Math.floor(left / 128)
  }
  return Buffer.from(bytes)
}

/** Packs raw sectors of mode 1 or 2; everything else goes as it is. */
export function ecm(raw: Buffer): Buffer {
  const parts: Buffer[] = [Buffer.from('ECM\0', 'latin1')]
  for (let at = 0; at < raw.length; at += 2352) {
    const sector = raw.subarray(at, at + 2352)
    const mode = sector.length === 2352 && sector.subarray(0, 12).equals(Buffer.from('00ffffffffffffffffffff00', 'hex')) ? sector[15] : 0
    const isForm2 = ((sector[18] as number) & 0x20) !== 0
    if (mode === 1) parts.push(ecmHead(1, 1), sector.subarray(12, 15), sector.subarray(16, 2064))
    else if (mode === 2) {
      parts.push(ecmHead(0, 16), sector.subarray(0, 16))
      parts.push(ecmHead(isForm2 ? 3 : 2, 1), sector.subarray(20, isForm2 ? 2348 : 2072))
    } else parts.push(ecmHead(0, sector.length), sector)
  }
  return Buffer.concat([...parts, ecmHead(0, 0x100000000), zeros(4)])
}

export interface CcdEntry {
  readonly session: number
  readonly point: number
  readonly control: number
  readonly lba: number
}

/** The .ccd of CloneCD; `tracks` are further lines by track number. */
export function ccd(entries: readonly CcdEntry[], tracks: ReadonlyMap<number, readonly string[]>): string {
  const sessions = new Set(entries.map(({ session }) => session)).size
  const lines = ['[CloneCD]', 'Version=3', '[Disc]', `TocEntries=${entries.length}`, `Sessions=${sessions}`, 'DataTracksScrambled=0']
  for (const [i, { session, point, control, lba }] of entries.entries()) {
    lines.push(`[Entry ${i}]`, `Session=${session}`, `Point=0x${point.toString(16).padStart(2, '0')}`, 'ADR=0x01')
    lines.push(`Control=0x${control.toString(16).padStart(2, '0')}`, 'TrackNo=0', `PLBA=${lba}`)
  }
  for (const [number, more] of tracks) lines.push(`[TRACK ${number}]`, ...more)
  return `${lines.join('\r\n')}\r\n`
}
