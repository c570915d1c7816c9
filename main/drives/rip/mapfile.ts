/**
 * GNU ddrescue's mapfile (its manual, chapter 7), read and written: either program goes on where the other stopped.
 * A text of comments, one status line (position, what is being done, number of the pass) and the list of blocks.
 */
import { MAX_MAPFILE_BLOCKS } from '../../../shared/limits.ts'
import { Problem } from '../../../shared/problem.ts'
import { type BlockStatus, type MapBlock, RescueMap } from './rescue-map.ts'

const blockCharacters = new Map<string, BlockStatus>([
  ['?', 'non-tried'],
  ['*', 'non-trimmed'],
  ['/', 'non-scraped'],
  ['-', 'bad-sector'],
  ['+', 'finished'],
])
const characterOf = new Map([...blockCharacters].map(([character, status]) => [status, character]))

const phaseCharacters = new Map([
  ['?', 'copy'],
  ['*', 'trim'],
  ['/', 'scrape'],
  ['-', 'retry'],
  ['F', 'fill'],
  ['G', 'generate'],
  ['+', 'finished'],
] as const)
type PhaseCharacter = typeof phaseCharacters extends Map<infer C, unknown> ? C : never
export type RescuePhase = typeof phaseCharacters extends Map<unknown, infer P> ? P : never

/** Where a rescue stands. */
export interface RescuePosition {
  readonly phase: RescuePhase
  /** From 1. */
  readonly pass: number
  readonly positionBytes: number
}

export interface Mapfile {
  readonly map: RescueMap
  readonly position: RescuePosition
}

/** Throws an `image` Problem that names the line when the text is no mapfile. */
export function parseMapfile(text: string): Mapfile {
  let position: RescuePosition | null = null
  const blocks: MapBlock[] = []
  let endBytes = 0
  for (const [index, line] of text.split('\n').entries()) {
    const words = line.replace(/#.*$/, '').trim().split(/\s+/)
    if (words[0] === '') continue
    if (position === null) {
      position = parsePosition(words) ?? fail(index, line)
      continue
    }
    const block = parseBlock(words) ?? fail(index, line)
    // A mapfile made for a part of a medium begins later than at byte 0.
    if (blocks.length === 0 && block.startBytes > 0) blocks.push({ startBytes: 0, endBytes: block.startBytes, status: 'non-tried' })
    else if (block.startBytes !== endBytes) fail(index, line)
    blocks.push(block)
    endBytes = block.endBytes
    if (blocks.length > MAX_MAPFILE_BLOCKS) fail(index, line)
  }
  if (position === null || blocks.length === 0) return fail(0, text.split('\n', 1)[0] ?? '')
  return { position, map: RescueMap.of(blocks) }
}

function parsePosition(words: readonly string[]): RescuePosition | null {
  const [at, character, passText = '1'] = words
  const positionBytes = parseNumber(at)
  const phase = phaseCharacters.get(character as PhaseCharacter)
  if (words.length > 3 || positionBytes === null || phase === undefined || !/^[1-9]\d{0,8}$/.test(passText)) return null
  return { phase, pass: Number(passText), positionBytes }
}

function parseBlock(words: readonly string[]): MapBlock | null {
  const startBytes = parseNumber(words[0])
  const lengthBytes = parseNumber(words[1])
  const status = blockCharacters.get(words[2] ?? '')
  if (words.length !== 3 || startBytes === null || lengthBytes === null || lengthBytes === 0 || status === undefined) return null
  const endBytes = startBytes + lengthBytes
  return Number.isSafeInteger(endBytes) ? { startBytes, endBytes, status } : null
}

/** As in C: hexadecimal with 0x, octal with 0, else decimal. */
function parseNumber(text: string | undefined): number | null {
  if (text === undefined) return null
  const value = /^0x[0-9a-f]{1,16}$/i.test(text)
    ? Number(text)
    : /^0[0-7]{1,21}$/.test(text)
      ? Number.parseInt(text, 8)
      : /^\d{1,16}$/.test(text)
        ? Number(text)
        : Number.NaN
  return Number.isSafeInteger(value) ? value : null
}

function fail(index: number, line: string): never {
  throw new Problem({
    kind: 'image',
    code: 'bad-mapfile',
    message: 'The map file is damaged, or is no map of GNU ddrescue’s kind.',
    kept: 'It was left as it is, and nothing was read from the disc.',
    advice: 'Name the right map file, or begin again without it.',
    technical: `line ${index + 1}: ${line.slice(0, 80)}`,
  })
}

const hex = (value: number): string => `0x${value.toString(16).toUpperCase().padStart(8, '0')}`

/** `createdBy` goes into the first comment, `startedMs` and `nowMs` (since 1970) into the next. */
export function formatMapfile({ map, position }: Mapfile, createdBy: string, startedMs: number, nowMs: number): string {
  const character = [...phaseCharacters].find(([, phase]) => phase === position.phase)?.[0] ?? '?'
  const lines = [
    `# Mapfile. Created by ${createdBy}`,
    `# Start time:   ${dateText(startedMs)}`,
    `# Current time: ${dateText(nowMs)}`,
    '# current_pos  current_status  current_pass',
    `${hex(position.positionBytes)}     ${character}               ${position.pass}`,
    '#      pos        size  status',
  ]
  for (const { startBytes, endBytes, status } of map.blocks())
    lines.push(`${hex(startBytes)}  ${hex(endBytes - startBytes)}  ${characterOf.get(status)}`)
  return `${lines.join('\n')}\n`
}

const dateText = (ms: number): string => new Date(ms).toISOString().slice(0, 19).replace('T', ' ')
