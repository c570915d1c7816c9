/** Progress in the lines that burning programs print: xorriso 1.5, cdrskin 1.5, growisofs 7.1, wodim 1.1. */
import { type BurnEvent, burnEvent } from '../burn-event.ts'
import type { LinuxTool } from './linux-tool.ts'

const MEGABYTE = 1024 * 1024

interface Rule {
  readonly pattern: RegExp
  readonly event: (groups: Readonly<Record<string, string | undefined>>) => BurnEvent
}

const number = (text: string | undefined): number | null => (text === undefined ? null : Number(text))
const fraction = (percent: string | undefined): number | null => (percent === undefined ? null : Number(percent) / 100)

const written: Rule['event'] = ({ megabytes, fifo, buffer }) =>
  burnEvent('write', { doneBytes: Number(megabytes) * MEGABYTE, fifoPercent: number(fifo), bufferPercent: number(buffer) })

/** The amounts of xorriso, cdrskin and wodim come in whole MiB, called MB. */
const xorriso: readonly Rule[] = [
  {
    pattern: /UPDATE :\s+(?<megabytes>\d+)(?: of\s+\d+)? MB written(?: \(fifo\s*(?<fifo>\d+)%\))?(?: \[buf\s*(?<buffer>\d+)%\])?/,
    event: written,
  },
  { pattern: /UPDATE : (?:Closing track|Thank you for being patient)/, event: () => burnEvent('close') },
  {
    pattern: /UPDATE : (?:Blanking|Formatting)(?:\s+\( ?(?<percent>[\d.]+)% done)?/,
    event: ({ percent }) => burnEvent('erase', { fraction: fraction(percent) }),
  },
  { pattern: /^Beginning to (?:blank|format) medium/, event: () => burnEvent('erase') },
  { pattern: /^Beginning to write data track/, event: () => burnEvent('prepare') },
]

const cdrecord: readonly Rule[] = [
  {
    pattern: /^Track \d+:\s+(?<megabytes>\d+)(?: of\s+\d+)? MB written(?: \(fifo\s*(?<fifo>\d+)%\))?(?: \[buf\s*(?<buffer>\d+)%\])?/,
    event: written,
  },
  { pattern: /^Fixating\.\.\.|working post-track/, event: () => burnEvent('close') },
  {
    pattern: /(?:blanking|formatting)\s+\( done\s+(?<percent>[\d.]+)%/,
    event: ({ percent }) => burnEvent('erase', { fraction: fraction(percent) }),
  },
  { pattern: /in real (?:BLANK|FORMAT) mode|^Blanking /, event: () => burnEvent('erase') },
  { pattern: /in real \w+ mode|^Performing OPC/, event: () => burnEvent('prepare') },
]

const growisofs: readonly Rule[] = [
  {
    pattern: /^\s*(?<bytes>\d+)\/\d+ \(\s*[\d.]+%\) @.*RBU\s+(?<fifo>[\d.]+)%(?:.*UBU\s+(?<buffer>[\d.]+)%)?/,
    event: ({ bytes, fifo, buffer }) =>
      burnEvent('write', { doneBytes: Number(bytes), fifoPercent: number(fifo), bufferPercent: number(buffer) }),
  },
  { pattern: /: (?:flushing cache|closing (?:track|session|disc)|updating RMA)/, event: () => burnEvent('close') },
  { pattern: /: pre-formatting|: restarting DVD\+RW format|^\* (?:formatting|blanking)/, event: () => burnEvent('erase') },
  // What dvd+rw-format writes over and over behind its line.
  { pattern: /^(?<percent>[\d.]+)%$/, event: ({ percent }) => burnEvent('erase', { fraction: fraction(percent) }) },
  { pattern: /^Executing /, event: () => burnEvent('prepare') },
]

const rulesOf: Readonly<Record<LinuxTool, readonly Rule[]>> = { xorriso, cdrskin: cdrecord, wodim: cdrecord, growisofs }

/** What a line says about progress; null when it says nothing about it. */
export function progressOf(tool: LinuxTool, line: string): BurnEvent | null {
  for (const { pattern, event } of rulesOf[tool]) {
    const match = pattern.exec(line)
    if (match !== null) return event(match.groups ?? {})
  }
  return null
}
