/** Makes of the runs what the table says: medians, ratios to the rival that counts, and whether the reach is met. */

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

function rowOf({ name, role, program, args, runs, failure, isMissing }) {
  const seconds = runs.map((run) => run.seconds)
  const cpu = runs.map((run) => run.cpuSeconds).filter((known) => known !== null)
  const memory = runs.map((run) => run.peakMemoryMib).filter((mib) => mib !== null)
  const isMeasured = seconds.length > 0 && failure === undefined
  return {
    contender: name,
    role,
    command: isMissing ? null : [program, ...args],
    seconds,
    medianSeconds: isMeasured ? median(seconds) : null,
    minSeconds: isMeasured ? Math.min(...seconds) : null,
    maxSeconds: isMeasured ? Math.max(...seconds) : null,
    cpuSeconds: isMeasured && cpu.length > 0 ? median(cpu) : null,
    peakMemoryMib: isMeasured && memory.length > 0 ? Math.max(...memory) : null,
    problem: isMissing ? 'not installed' : failure === undefined ? null : 'failed',
    failure: failure ?? null,
  }
}

/** A row that is worked out: the median of one contender less that of another. */
function differenceRow({ name, from, less }, rows) {
  const [whole, part] = [from, less].map((contender) => rows.find((row) => row.contender === contender)?.medianSeconds ?? null)
  const medianSeconds = whole === null || part === null ? null : Math.max(0, whole - part)
  const none = { minSeconds: null, maxSeconds: null, cpuSeconds: null, peakMemoryMib: null, command: null, seconds: [], failure: null }
  return { contender: name, role: 'difference', medianSeconds, problem: medianSeconds === null ? 'not measured' : null, ...none }
}

/** The fastest of the rivals named, and those of them that were not measured. */
function fastestOf(names, rows) {
  const rivals = rows.filter((row) => names.includes(row.contender))
  const measured = rivals.filter((row) => row.medianSeconds !== null).sort((a, b) => a.medianSeconds - b.medianSeconds)
  return { fastest: measured[0], unmeasured: rivals.filter((row) => row.medianSeconds === null).map((row) => row.contender) }
}

function reachText({ atMost, next }, names) {
  const digits = (factor) => factor.toFixed(2).replace(/0$/, '')
  const whom = names.length > 1 ? 'the fastest' : names[0]
  return `≤ ${digits(atMost)} × ${whom}${next === undefined ? '' : `, then ${digits(next)}`}`
}

function verdictOf({ atMost, next }, ratio, unmeasured) {
  if (ratio === null) return 'not measured'
  if (unmeasured.length > 0) return `not judged without ${unmeasured.join(', ')}`
  if (ratio > atMost) return 'not met'
  return next !== undefined && ratio <= next ? 'met, the next too' : 'met'
}

function judged(row, work, rows) {
  const reach = work.reaches.find(({ contender }) => contender === row.contender)
  const names = reach?.against ?? work.reference
  const { fastest, unmeasured } = fastestOf(names, rows)
  const ratio = row.medianSeconds === null || fastest === undefined ? null : row.medianSeconds / fastest.medianSeconds
  return {
    ...row,
    ratio,
    ratioTo: fastest?.contender ?? null,
    reach: reach === undefined ? null : reachText(reach, names),
    verdict: reach === undefined ? null : verdictOf(reach, ratio, unmeasured),
  }
}

/** Everything there is to say about one work: `{ work, title, rows }`, a row for each contender. */
export function summarise(work, title, results) {
  const measured = results.map(rowOf)
  const rows = [...measured, ...(work.differences ?? []).map((difference) => differenceRow(difference, measured))]
  return { work: work.id, title, rows: rows.map((row) => judged(row, work, rows)) }
}
