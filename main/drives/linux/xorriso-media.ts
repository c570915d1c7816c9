/** Reads what `xorriso -outdev DRIVE -toc -list_speeds` prints of a drive and the disc in it (xorriso 1.5). */
import type { DiscSession, MediumFacts, MediumKind, MediumState, WriteSpeed } from '../../../shared/drives.ts'

const SECTOR_BYTES = 2048

/** Names of profiles as libburn prints them (libburn, mmc.c). */
const kinds: Readonly<Record<string, MediumKind>> = {
  'CD-ROM': 'CD-ROM',
  'CD-R': 'CD-R',
  'CD-RW': 'CD-RW',
  'DVD-ROM': 'DVD-ROM',
  'DVD-R sequential recording': 'DVD-R',
  'DVD-R/DL sequential recording': 'DVD-R DL',
  'DVD-R/DL layer jump recording': 'DVD-R DL',
  'DVD-RW sequential recording': 'DVD-RW',
  'DVD-RW restricted overwrite': 'DVD-RW',
  'DVD+R': 'DVD+R',
  'DVD+R/DL': 'DVD+R DL',
  'DVD+RW': 'DVD+RW',
  'DVD-RAM': 'DVD-RAM',
  'BD-ROM': 'BD-ROM',
  'BD-R sequential recording': 'BD-R',
  'BD-R random recording': 'BD-R',
  'BD-RE': 'BD-RE',
  'stdio file': 'virtual disc',
}
const REWRITABLE: readonly (MediumKind | null)[] = ['CD-RW', 'DVD-RW', 'DVD+RW', 'DVD-RAM', 'BD-RE', 'virtual disc']
const OVERWRITABLE: readonly (MediumKind | null)[] = ['DVD+RW', 'DVD-RAM', 'BD-RE', 'virtual disc']

export interface XorrisoDrive {
  readonly vendor: string
  readonly model: string
  readonly revision: string
  /** Null when there is no disc in the drive. */
  readonly medium: MediumFacts | null
}

/** Null when the text tells of no drive: xorriso could not use it, and the text says why. */
export function parseXorrisoMedia(text: string): XorrisoDrive | null {
  const drive = /^Drive type\s*: vendor '([^']*)' product '([^']*)' revision '([^']*)'/m.exec(text)
  if (drive === null) return null
  const [, vendor = '', model = '', revision = ''] = drive
  return { vendor: vendor.trim(), model: model.trim(), revision: revision.trim(), medium: mediumOf(text) }
}

function mediumOf(text: string): MediumFacts | null {
  const profile = lastOf(text, /^Media current: (.*)$/gm)
  const status = lastOf(text, /^Media status : (.*)$/gm)
  if (profile === null || status === null || profile === 'is not recognizable') return null
  const state = stateOf(status)
  if (state === null) return null
  const name = profile.replace(/, .*$/, '').trim()
  const kind = kinds[name] ?? null
  const blocks = /^Media blocks\s*: (\d+) readable , (\d+) writable , (\d+) overall/m.exec(text)
  const sectors = (index: number) => Number(blocks?.[index] ?? 0) * SECTOR_BYTES
  const sessions = sessionsOf(text)
  return {
    kind,
    state,
    isRewritable: REWRITABLE.includes(kind),
    isOverwritable: OVERWRITABLE.includes(kind) || name === 'DVD-RW restricted overwrite',
    sessions,
    capacityBytes: blocks === null ? null : sectors(3),
    readableBytes: sectors(1),
    freeBytes: sectors(2),
    label: sessions.at(-1)?.label ?? null,
    writeSpeeds: speedsOf(text),
  }
}

/** Such as `is written , is appendable`. */
function stateOf(status: string): MediumState | null {
  if (/\bis blank\b/.test(status)) return 'blank'
  if (/\bis appendable\b/.test(status)) return 'appendable'
  return /\bis (?:closed|written|unsuitable)\b/.test(status) ? 'closed' : null
}

function sessionsOf(text: string): DiscSession[] {
  const rows = text.matchAll(/^\w+ session\s*:\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)s\s*,(.*)$/gm)
  return [...rows].map(([, number, start, size, label = '']) => ({
    number: Number(number),
    startSector: Number(start),
    sectorCount: Number(size),
    label: label.trim() === '' ? null : label.trim(),
  }))
}

/** `Write speed  :  22160k , 16.0xD`; `Write speed L` and `H` repeat the slowest and the fastest. */
function speedsOf(text: string): WriteSpeed[] {
  const speeds = new Map<number, string>()
  for (const [, kilobytes, times] of text.matchAll(/^Write speed\s*[LHlh0]?\s*:\s*(\d+)k\s*,\s*([\d.]+)x/gm))
    speeds.set(Number(kilobytes), `${Number(times)}x`)
  return [...speeds]
    .map(([kilobytesPerSecond, times]) => ({ kilobytesPerSecond, times }))
    .sort((a, b) => b.kilobytesPerSecond - a.kilobytesPerSecond)
}

/** xorriso tells of a disc again after each change. */
const lastOf = (text: string, pattern: RegExp): string | null => [...text.matchAll(pattern)].at(-1)?.[1]?.trim() ?? null
