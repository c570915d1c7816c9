/** Prints summaries as one table, for a terminal or as Markdown. */

const NOTHING = '—'
const columns = [
  { title: 'work', align: 'left' },
  { title: 'contender', align: 'left' },
  { title: 'median s', align: 'right' },
  { title: 'min–max s', align: 'right' },
  { title: 'cpu s', align: 'right' },
  { title: 'peak MiB', align: 'right' },
  { title: 'ratio', align: 'left' },
  { title: 'reach', align: 'left' },
  { title: 'met', align: 'left' },
]

/** Three digits that mean something, for 40 ms as for 40 s. */
const secondsText = (seconds) => seconds.toFixed(seconds < 1 ? 3 : 2)

function cellsOf(row, title) {
  if (row.medianSeconds === null)
    return [title, row.contender, row.problem, NOTHING, NOTHING, NOTHING, NOTHING, row.reach ?? NOTHING, row.verdict ?? NOTHING]
  return [
    title,
    row.contender,
    secondsText(row.medianSeconds),
    row.minSeconds === null ? NOTHING : `${secondsText(row.minSeconds)}–${secondsText(row.maxSeconds)}`,
    row.cpuSeconds === null ? NOTHING : row.cpuSeconds.toFixed(2),
    row.peakMemoryMib === null ? NOTHING : String(Math.round(row.peakMemoryMib)),
    row.ratio === null ? NOTHING : `${row.ratio.toFixed(2)} × ${row.ratioTo}`,
    row.reach ?? NOTHING,
    row.verdict ?? NOTHING,
  ]
}

/** A work's name stands in its first row only. */
const tableCells = (summaries) => summaries.flatMap(({ title, rows }) => rows.map((row, index) => cellsOf(row, index === 0 ? title : '')))

/** What went wrong, a sentence for each contender that failed. */
export const failureSentences = (summaries) =>
  summaries.flatMap(({ title, rows }) =>
    rows.filter(({ failure }) => failure !== null).map(({ contender, failure }) => `${title}: ${contender} ${failure}`),
  )

/** The table with aligned columns. */
export function textTable(summaries) {
  const cells = [columns.map(({ title }) => title), ...tableCells(summaries)]
  const widths = columns.map((_, column) => Math.max(...cells.map((row) => row[column].length)))
  const pad = (cell, column) => (columns[column].align === 'right' ? cell.padStart(widths[column]) : cell.padEnd(widths[column]))
  const lines = cells.map((row) => row.map(pad).join('  ').trimEnd())
  return `${[lines[0], widths.map((width) => '-'.repeat(width)).join('  '), ...lines.slice(1)].join('\n')}\n`
}

/** The table and the facts of the machine, to be pasted into docs/benchmarks.md. */
export function markdownTable(summaries, facts) {
  const line = (cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  const rule = line(columns.map(({ align }) => (align === 'right' ? '---:' : '---')))
  const table = [line(columns.map(({ title }) => title)), rule, ...tableCells(summaries).map(line)]
  return `${[...facts.map((fact) => `- ${fact}`), '', ...table].join('\n')}\n`
}
