/** Reads what `drutil list` and `drutil status` of macOS print. */
import { type MediumFacts, type MediumKind, type MediumState, mediumKinds, singleSpeedOf, type WriteSpeed } from '../../../shared/drives.ts'

const SECTOR_BYTES = 2048
const REWRITABLE: readonly (MediumKind | null)[] = ['CD-RW', 'DVD-RW', 'DVD+RW', 'DVD-RAM', 'BD-RE']
const OVERWRITABLE: readonly (MediumKind | null)[] = ['DVD+RW', 'DVD-RAM', 'BD-RE']

export interface DrutilDrive {
  /** As `drutil -drive` takes it. */
  readonly number: number
  readonly vendor: string
  readonly model: string
  readonly revision: string
}

/** Rows under a heading whose words stand where the columns begin. */
export function parseDrutilList(text: string): DrutilDrive[] {
  const lines = text.split('\n')
  const heading = lines.findIndex((line) => /^\s*Vendor\s+Product\s+Rev/.test(line))
  if (heading === -1) return []
  const column = columnsOf(lines[heading] as string)
  return lines.slice(heading + 1).flatMap((line) => {
    const number = /^\s*(\d+)\s/.exec(line)?.[1]
    return number === undefined ? [] : [{ number: Number(number), ...identityIn(line, column) }]
  })
}

type Columns = Readonly<Record<'Vendor' | 'Product' | 'Rev' | 'Bus', number>>

const columnsOf = (heading: string): Columns => ({
  Vendor: heading.indexOf('Vendor'),
  Product: heading.indexOf('Product'),
  Rev: heading.indexOf('Rev'),
  Bus: heading.includes('Bus') ? heading.indexOf('Bus') : Number.POSITIVE_INFINITY,
})

const identityIn = (line: string, column: Columns) => ({
  vendor: line.slice(column.Vendor, column.Product).trim(),
  model: line.slice(column.Product, column.Rev).trim(),
  revision: line.slice(column.Rev, column.Bus).trim(),
})

export interface DrutilStatus {
  readonly vendor: string
  readonly model: string
  readonly revision: string
  /** `/dev/disk4`; null without a disc. */
  readonly devicePath: string | null
  readonly medium: MediumFacts | null
}

/** Of one drive; null when there is none. */
export function parseDrutilStatus(text: string): DrutilStatus | null {
  const lines = text.split('\n')
  const heading = lines.findIndex((line) => /^\s*Vendor\s+Product\s+Rev/.test(line))
  if (heading === -1) return null
  const identity = identityIn(lines[heading + 1] ?? '', columnsOf(lines[heading] as string))
  const type = /^\s*Type:\s*(.*?)(?:\s{2,}|$)/m.exec(text)?.[1]
  const devicePath = /\bName:\s*(\/dev\/\S+)/.exec(text)?.[1] ?? null
  const medium = type === undefined || /^No Media/i.test(type) ? null : mediumOf(type, text)
  return { ...identity, devicePath, medium }
}

function mediumOf(type: string, text: string): MediumFacts {
  const kind = kindOf(type)
  const writability = /^\s*Writability:[ \t]*(.*)$/m.exec(text)?.[1] ?? ''
  const state: MediumState = /\bblank\b/.test(writability) ? 'blank' : /\bappendable\b/.test(writability) ? 'appendable' : 'closed'
  const isOverwritable = OVERWRITABLE.includes(kind)
  const freeBytes = blocksOf(text, isOverwritable ? 'Overwritable' : 'Space Free') * SECTOR_BYTES
  const readableBytes = blocksOf(text, 'Space Used') * SECTOR_BYTES
  return {
    kind,
    state,
    isRewritable: REWRITABLE.includes(kind) || /\berasable\b/.test(writability),
    isOverwritable,
    sessions: [],
    capacityBytes: isOverwritable ? freeBytes : freeBytes + readableBytes,
    readableBytes,
    freeBytes,
    label: null,
    writeSpeeds: speedsOf(text, kind),
  }
}

function kindOf(type: string): MediumKind | null {
  const name = type.replace(/\s*\bDL\b|(?<=[+-]R)DL$/, ' DL').trim()
  return mediumKinds.find((kind) => kind === name) ?? null
}

const blocksOf = (text: string, name: string): number => Number(new RegExp(`^\\s*${name}:.*?blocks:\\s*(\\d+)`, 'm').exec(text)?.[1] ?? 0)

function speedsOf(text: string, kind: MediumKind | null): WriteSpeed[] {
  const list = /^\s*Write Speeds:\s*(.*)$/m.exec(text)?.[1] ?? ''
  return [...list.matchAll(/([\d.]+)x/g)]
    .map(([times, number]) => ({ times, kilobytesPerSecond: Math.round(Number(number) * singleSpeedOf(kind)) }))
    .sort((a, b) => b.kilobytesPerSecond - a.kilobytesPerSecond)
}
