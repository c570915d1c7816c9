/** An image in every kind of container, as small as they come. What no code here writes is made by its own program, and left out where that is missing. */
import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { ccd, cdi, ecm, le, mds, nrg, nrgTrackAtOnce } from '../../../containers/testing/built-images.ts'
import { buildDmg, dmgPackers } from '../../../containers/testing/dmg-builder.ts'
import { npmTool } from '../../../containers/testing/npm-tools.ts'
import { data, rawMode1, rawMode2, sound } from '../../../containers/testing/sample-disc.ts'

export interface ContainerSample {
  readonly name: string
  /** By name; the first is opened and the one that is changed. */
  readonly files: Readonly<Record<string, Buffer>>
  /** Of `files`, where not the first is changed. */
  readonly changed?: string
  /** The changes lie before its last so many bytes or within its first ones; anywhere when left out. */
  readonly endsAreTelling?: boolean
}

const CSO_BLOCK_BYTES = 2048
const DAX_BLOCK_BYTES = 0x2000
const SOUND_SECTORS = 20

const track = { stored: rawMode1(data()), sectorBytes: 2352, startLba: 0, mode: 5, gapSectors: 2 }
const music = { stored: sound(SOUND_SECTORS), sectorBytes: 2352, startLba: 182, mode: 7, gapSectors: 0 }
const bin = Buffer.concat([track.stored, music.stored])

const cue =
  'CATALOG 0724385356926\nFILE "d.bin" BINARY\nTRACK 01 MODE1/2352\nINDEX 01 00:00:00\nTRACK 02 AUDIO\nTITLE "A"\nPREGAP 00:02:00\nINDEX 01 00:00:32\nINDEX 02 00:00:40\n'
const toc =
  'CD_ROM\nTRACK MODE1_RAW\nDATAFILE "d.bin" 0:0:32\nTRACK AUDIO\nISRC "USEM39600078"\nCD_TEXT { LANGUAGE 0 { TITLE "A" } }\nSILENCE 0:2:0\nSTART 0:2:0\nFILE "d.bin" #75264 0\n'
const entries = [
  { session: 1, point: 1, control: 4, lba: 0 },
  { session: 1, point: 2, control: 0, lba: 32 },
  { session: 1, point: 0xa2, control: 4, lba: 52 },
]
const tracksOfCcd = new Map([
  [1, ['MODE=1', 'INDEX 1=0']],
  [2, ['MODE=0', 'INDEX 0=30', 'INDEX 1=32']],
])

function blocksOf(bytes: Buffer, blockBytes: number): Buffer[] {
  return Array.from({ length: Math.ceil(bytes.length / blockBytes) }, (_, i) => bytes.subarray(i * blockBytes, (i + 1) * blockBytes))
}

/** Where blocks begin that follow each other, and where the last one ends. */
function placesOf(blocks: readonly Buffer[], start: number): number[] {
  const places = [start]
  for (const { length } of blocks) places.push((places.at(-1) as number) + length)
  return places
}

/** A block of literals only is a block as well (LZ4 block format, last literals). */
const lz4Literals = (block: Buffer): Buffer => {
  const rest = block.length - 15
  return Buffer.concat([Buffer.of(0xf0), Buffer.alloc(Math.floor(rest / 255), 255), Buffer.of(rest % 255), block])
}

function csoLike(magic: 'CISO' | 'ZISO', pack: (block: Buffer) => Buffer): Buffer {
  const image = data()
  const blocks = blocksOf(image, CSO_BLOCK_BYTES).map(pack)
  const head = Buffer.concat([Buffer.from(magic), le(4, 24), le(8, image.length), le(4, CSO_BLOCK_BYTES), Buffer.of(1, 0, 0, 0)])
  const places = placesOf(blocks, head.length + 4 * (blocks.length + 1))
  return Buffer.concat([head, ...places.map((at) => le(4, at)), ...blocks])
}

function dax(): Buffer {
  const image = data()
  const blocks = blocksOf(image, DAX_BLOCK_BYTES).map((block) => deflateSync(block))
  const head = Buffer.concat([Buffer.from('DAX\0'), le(4, image.length), le(4, 1), le(4, 0), Buffer.alloc(16)])
  const offsets = placesOf(blocks, head.length + 6 * blocks.length).slice(0, -1)
  return Buffer.concat([head, ...offsets.map((at) => le(4, at)), ...blocks.map(({ length }) => le(2, length)), ...blocks])
}

const one = (name: string, file: string, bytes: Buffer): ContainerSample => ({ name, files: { [file]: bytes }, endsAreTelling: true })

const built = (): ContainerSample[] => [
  { name: 'BIN/CUE', files: { 'd.cue': Buffer.from(cue), 'd.bin': bin } },
  { name: 'BIN of a CUE sheet', files: { 'd.cue': Buffer.from(cue), 'd.bin': bin }, changed: 'd.bin' },
  { name: 'TOC', files: { 'd.toc': Buffer.from(toc), 'd.bin': bin } },
  { name: 'CCD', files: { 'd.ccd': Buffer.from(ccd(entries, tracksOfCcd)), 'd.img': bin } },
  { name: 'GDI', files: { 'd.gdi': Buffer.from('2\n1 0 4 2352 d.bin 0\n2 450 0 2352 "d.bin" 75264\n'), 'd.bin': bin } },
  { name: 'MDS', files: { 'd.mds': mds([[track, music]], '*.mdf'), 'd.mdf': bin } },
  one('NRG 1', 'd.nrg', nrg([[track], [music]], 1)),
  one('NRG 2', 'd.nrg', nrg([[track, music]], 2)),
  one('NRG, track at once', 'd.nrg', nrgTrackAtOnce([{ ...track, mode: 6, gapSectors: 0 }, music], 2)),
  one('CDI 2', 'd.cdi', cdi([[track], [{ ...music, mode: 0 }]], 2)),
  one('CDI 3.5', 'd.cdi', cdi([[track], [{ ...music, mode: 0 }]], 3.5)),
  one('ECM', 'd.ecm', ecm(Buffer.concat([rawMode2(data()), music.stored]))),
  one('raw sectors', 'd.bin', rawMode1(data())),
  one(
    'CSO',
    'd.cso',
    csoLike('CISO', (block) => deflateRawSync(block)),
  ),
  one('ZSO', 'd.zso', csoLike('ZISO', lz4Literals)),
  one('DAX', 'd.dax', dax()),
  one('gzip', 'd.iso.gz', gzipSync(data())),
  ...Object.keys(dmgPackers).map((packer) => one(`DMG with ${packer}`, 'd.dmg', buildDmg(data(), packer))),
]

/** Program, its arguments with the input's name in the place of IN and the output's in that of OUT, or its output as it is. */
const byPrograms: readonly (readonly [name: string, file: string, input: string, ...command: (string | null)[]])[] = [
  ['xz', 'd.iso.xz', 'd.iso', 'xz', '-c', 'IN'],
  ['xz in blocks', 'd.iso.xz', 'd.iso', 'xz', '--check=crc32', '--block-size=40000', '-c', 'IN'],
  ['bzip2', 'd.iso.bz2', 'd.iso', 'bzip2', '-c', 'IN'],
  ['Zstandard', 'd.iso.zst', 'd.iso', 'zstd', '-qc', 'IN'],
  ['ZIP', 'd.zip', 'd.iso', 'zip', '-q', '-j', '-', 'IN'],
  ['ZIP of a CUE sheet', 'd.zip', 'd.cue', 'sh', '-c', 'cd "$(dirname "$0")" && zip -q - d.cue d.bin', 'IN'],
  ['CSO 2', 'd.cso', 'd.iso', npmTool('maxcso'), '--quiet', '--fast', '--format=cso2', 'IN', '-o', 'OUT'],
  ['ZSO, packed', 'd.zso', 'd.iso', npmTool('maxcso'), '--quiet', '--fast', '--format=zso', 'IN', '-o', 'OUT'],
  ...['cdzl', 'cdlz', 'cdfl', 'cdzs'].map(
    (codec) => [`CHD with ${codec}`, 'd.chd', 'd.cue', npmTool('chdman'), 'createcd', '-i', 'IN', '-o', 'OUT', '-c', codec] as const,
  ),
  ...['zlib', 'lzma', 'huff', 'flac', 'zstd'].map(
    (codec) =>
      [
        `CHD with ${codec}`,
        'd.chd',
        'd.iso',
        npmTool('chdman'),
        'createraw',
        '-us',
        '2048',
        '-hs',
        '4096',
        '-i',
        'IN',
        '-o',
        'OUT',
        '-c',
        codec,
      ] as const,
  ),
]

/** What the program makes; null where it is missing or can't. */
function made(folder: string, input: string, [program, ...args]: readonly (string | null)[]): Buffer | null {
  const out = join(folder, 'out')
  const filled = args.map((arg) => (arg === 'IN' ? join(folder, input) : arg === 'OUT' ? out : (arg as string)))
  try {
    if (program === null || program === undefined) return null
    const said = execFileSync(program, filled, { stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 2 ** 24 })
    return args.includes('OUT') ? readFileSync(out) : said
  } catch {
    return null
  } finally {
    rmSync(out, { force: true })
  }
}

/** `folder` is an empty one for what programs need; it is left empty. */
export function containerSamples(folder: string): ContainerSample[] {
  const inputs = { 'd.iso': data(), 'd.bin': bin, 'd.cue': Buffer.from(cue) }
  for (const [name, bytes] of Object.entries(inputs)) writeFileSync(join(folder, name), bytes)
  const packed = byPrograms.flatMap(([name, file, input, ...command]) => {
    const bytes = made(folder, input, command)
    return bytes === null ? [] : [one(name, file, bytes)]
  })
  for (const name of Object.keys(inputs)) rmSync(join(folder, name))
  return [...built(), ...packed]
}
