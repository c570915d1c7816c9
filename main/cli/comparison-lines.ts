/** Differences as people or programs read them. */
import {
  type Aspect,
  areSame,
  type ComparedFacts,
  type Comparison,
  type Difference,
  type DifferenceKind,
  differenceKinds,
} from '../../shared/comparison.ts'
import { formatCount, formatExactBytes, formatNumber } from '../../shared/format.ts'
import { printable } from './output.ts'
import { timestamp } from './timestamp.ts'

/** Lines of one kind that are shown; JSON has them all. */
const MAX_LINES = 100_000

const headings: Readonly<Record<DifferenceKind, string>> = {
  changed: 'Changed',
  attributes: 'Other attributes, same content',
  unreadable: 'Could not be compared',
  moved: 'Moved',
  removed: 'Only in A',
  added: 'Only in B',
}

/** One difference as a JSON line. */
export function differenceJson({ kind, a, b, aspects, firstDifferenceBytes, files, directories, isWithin, reason }: Difference): string {
  const shown = (b ?? a) as ComparedFacts
  const value = {
    difference: kind,
    path: shown.path,
    from: kind === 'moved' ? (a?.path ?? null) : null,
    type: shown.type,
    aspects,
    firstDifferenceBytes,
    a: factsJson(a),
    b: factsJson(b),
    ...(shown.type === 'directory' ? { files, directories } : {}),
    ...(isWithin ? { within: true } : {}),
    ...(reason === null ? {} : { reason }),
  }
  return `${JSON.stringify(value)}\n`
}

function factsJson(facts: ComparedFacts | null) {
  if (facts === null) return null
  const { type, sizeBytes, modifiedMs, mode, uid, gid, target } = facts
  return { type, sizeBytes, modified: modifiedMs === null ? null : timestamp(modifiedMs), mode: modeText(mode), uid, gid, target }
}

const modeText = (mode: number | null): string | null => (mode === null ? null : (mode & 0o7777).toString(8).padStart(4, '0'))

/** The last JSON line. */
export function summaryJson(comparison: Comparison): string {
  const { a, b, counts, attributes, lookedForMoves, comparedBytes } = comparison
  return `${JSON.stringify({ summary: { same: areSame(comparison), counts, attributes, lookedForMoves, comparedBytes, a, b } })}\n`
}

/** Gathers differences, to be told in groups. */
export class ComparisonText {
  readonly #groups = new Map<DifferenceKind, { readonly lines: string[]; count: number }>(
    differenceKinds.map((kind) => [kind, { lines: [], count: 0 }]),
  )

  add(difference: Difference): void {
    // What lies in a folder that one side alone has goes with the folder.
    if (difference.isWithin) return
    const group = this.#groups.get(difference.kind) as { lines: string[]; count: number }
    group.count++
    if (group.lines.length < MAX_LINES) group.lines.push(lineOf(difference))
  }

  finish(comparison: Comparison): string {
    const parts: string[] = []
    for (const [kind, { lines, count }] of this.#groups) {
      if (count === 0) continue
      const more = count > lines.length ? [`  and ${formatNumber(count - lines.length)} more; --json lists them all`] : []
      parts.push([`${headings[kind]} (${formatNumber(count)})`, ...lines, ...more].join('\n'))
    }
    parts.push(summaryText(comparison))
    return `${parts.join('\n\n')}\n`
  }
}

function lineOf(difference: Difference): string {
  const { kind, a, b, reason } = difference
  const shown = (b ?? a) as ComparedFacts
  const path = kind === 'moved' && a !== null ? `${shownPath(a)} → ${shownPath(shown)}` : shownPath(shown)
  const notes = [...aspectNotes(difference), ...folderNotes(difference, shown), ...(reason === null ? [] : [printable(reason)])]
  return `  ${path}${notes.length === 0 ? '' : `  (${notes.join('; ')})`}`
}

function shownPath({ path, type }: ComparedFacts): string {
  return printable(type === 'directory' && path !== '/' ? `${path}/` : path)
}

function folderNotes({ files, directories }: Difference, { type }: ComparedFacts): string[] {
  if (type !== 'directory') return []
  const counts = [
    files > 0 ? formatCount(files, 'file', 'files') : null,
    directories > 0 ? formatCount(directories, 'folder', 'folders') : null,
  ]
  const text = counts.filter((count) => count !== null).join(', ')
  return text === '' ? [] : [text]
}

function aspectNotes(difference: Difference): string[] {
  const { a, b, aspects } = difference
  return a === null || b === null ? [] : aspects.map((aspect) => aspectNote(aspect, a, b, difference.firstDifferenceBytes))
}

function aspectNote(aspect: Aspect, a: ComparedFacts, b: ComparedFacts, firstDifferenceBytes: number | null): string {
  switch (aspect) {
    case 'type':
      return `${a.type} → ${b.type}`
    case 'content':
      return firstDifferenceBytes === null
        ? `${formatExactBytes(a.sizeBytes)} → ${formatExactBytes(b.sizeBytes)}`
        : `content, from byte ${formatNumber(firstDifferenceBytes)} on`
    case 'target':
      return `${printable(a.target ?? '')} → ${printable(b.target ?? '')}`
    case 'times':
      return `date ${dateText(a)} → ${dateText(b)}`
    case 'modes':
      return `mode ${modeText(a.mode)} → ${modeText(b.mode)}`
    case 'owners':
      return `owner ${a.uid}:${a.gid} → ${b.uid}:${b.gid}`
    case 'links':
      return 'hard links'
    case 'device':
      return 'device number'
    case 'label':
      return 'label of the volume'
  }
}

const dateText = ({ modifiedMs }: ComparedFacts): string => (modifiedMs === null ? '-' : timestamp(modifiedMs))

function summaryText(comparison: Comparison): string {
  const { a, b, counts, lookedForMoves } = comparison
  const same = formatCount(counts.same, 'entry is', 'entries are')
  const names = `A is ${printable(a.path)}, ${sideText(a.kind)}; B is ${printable(b.path)}, ${sideText(b.kind)}.`
  const lines = areSame(comparison) ? [`They are the same: ${same} in both.`] : [`They differ; ${same} the same. ${names}`]
  if (counts.notHeld > 0)
    lines.push(`${formatCount(counts.notHeld, 'entry was', 'entries were')} left out: the other side can't hold links or devices.`)
  if (!lookedForMoves) lines.push('There was too much on one side alone to look for what was moved.')
  return lines.join('\n')
}

const sideText = (kind: Comparison['a']['kind']): string => (kind === 'folder' ? 'a folder' : `its ${kind} tree`)
