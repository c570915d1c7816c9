/** Collects what is wrong or odd in an image while reading goes on. */
import type { Finding, FindingSeverity } from '../../shared/image-model.ts'
import { MAX_FINDINGS_PER_CODE } from '../../shared/limits.ts'

type Details = Pick<Finding, 'path' | 'offsetBytes' | 'clause'>

export class FindingLog {
  readonly #findings: Finding[] = []
  readonly #seen = new Set<string>()
  readonly #counts = new Map<string, number>()

  /** Notes a finding once for each place; of one code only the first so many are kept, the rest counted. */
  add(code: string, severity: FindingSeverity, message: string, details: Details = {}): void {
    const key = `${code} ${details.offsetBytes ?? ''} ${details.path ?? ''}`
    if (this.#seen.has(key)) return
    const count = (this.#counts.get(code) ?? 0) + 1
    this.#counts.set(code, count)
    if (count > MAX_FINDINGS_PER_CODE) return
    this.#seen.add(key)
    this.#findings.push({ code, severity, message, ...details })
  }

  /** Kept findings in the order they were met, then one line for each code that had more. */
  list(): Finding[] {
    const more: Finding[] = []
    for (const [code, count] of this.#counts) {
      const first = this.#findings.find((finding) => finding.code === code)
      if (count <= MAX_FINDINGS_PER_CODE || first === undefined) continue
      more.push({ code, severity: first.severity, message: `The same was found in ${count - MAX_FINDINGS_PER_CODE} more places.` })
    }
    return [...this.#findings, ...more]
  }
}
