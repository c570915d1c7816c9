/** The log of a job as a file: a head that says what it was, and every line with its time, as experts know it from burning programs. */
import type { JobView, LogLine } from '../../shared/job.ts'

const SIGNS: Readonly<Record<LogLine['level'], string>> = { info: 'I', warning: 'W', error: 'E' }

/** `2026-03-01 19:12:27.031`, in the time of the place. */
function stamp(atMs: number): string {
  const at = new Date(atMs)
  const two = (value: number) => `${value}`.padStart(2, '0')
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}.${`${at.getMilliseconds()}`.padStart(3, '0')}`
}

export function logText(
  { kind, title, state }: Pick<JobView, 'kind' | 'title' | 'state'>,
  lines: readonly LogLine[],
  version: string,
): string {
  const head = `Isomer ${version}: ${kind} of ${title} (${state})`
  return `${[head, ...lines.map(({ atMs, level, text }) => `${SIGNS[level]} ${stamp(atMs)} ${text}`)].join('\n')}\n`
}
