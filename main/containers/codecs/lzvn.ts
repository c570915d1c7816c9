/** Expands LZVN, what LZFSE uses for short blocks: one byte tells what kind of step follows. */
import { packedDamage } from '../packed-problem.ts'

const END = 0x06
const IDLE = [0x0e, 0x16]
const PREVIOUS = 6
const LONG = 7

interface Step {
  readonly literals: number
  readonly matched: number
  /** Null for the one before. */
  readonly distance: number | null
  /** Of the step itself, before its literals. */
  readonly lengthBytes: number
}

/** Fills `out` from `from` to `to`; copies may lead back to its beginning. Throws an `image` Problem when it is damaged. */
export function expandLzvn(packed: Uint8Array, out: Uint8Array, from: number, to: number): void {
  let at = 0
  let done = from
  let distance = 0
  while (done < to) {
    const mark = packed[at]
    if (mark === undefined || mark === END) throw packedDamage('a block is too short')
    if (IDLE.includes(mark)) {
      at++
      continue
    }
    const step = stepAt(packed, at, mark)
    at += step.lengthBytes
    distance = step.distance ?? distance
    if (step.literals > packed.length - at || step.literals + step.matched > to - done) throw packedDamage('a block leads out of itself')
    out.set(packed.subarray(at, at + step.literals), done)
    at += step.literals
    done += step.literals
    if (step.matched > 0 && (distance === 0 || distance > done)) throw packedDamage('a block leads out of itself')
    for (let i = 0; i < step.matched; i++, done++) out[done] = out[done - distance] as number
  }
}

function stepAt(packed: Uint8Array, at: number, mark: number): Step {
  const [first, second] = [packed[at + 1] ?? 0, packed[at + 2] ?? 0]
  if (mark >= 0xf0) {
    const isLong = mark === 0xf0
    return { literals: 0, matched: isLong ? first + 16 : mark & 15, distance: null, lengthBytes: isLong ? 2 : 1 }
  }
  if (mark >= 0xe0) {
    const isLong = mark === 0xe0
    return { literals: isLong ? first + 16 : mark & 15, matched: 0, distance: null, lengthBytes: isLong ? 2 : 1 }
  }
  if (mark >= 0xa0 && mark < 0xc0) {
    const matched = (((mark & 7) << 2) | (first & 3)) + 3
    return { literals: (mark >> 3) & 3, matched, distance: ((second << 8) | first) >> 2, lengthBytes: 3 }
  }
  const isUnknown = (mark >= 0x70 && mark < 0x80) || (mark >= 0xd0 && mark < 0xe0)
  const kind = mark & 7
  if (isUnknown || (kind === PREVIOUS && mark < 0x40)) throw packedDamage('a block has a step of no known kind')
  const lengths = { literals: mark >> 6, matched: ((mark >> 3) & 7) + 3 }
  if (kind === PREVIOUS) return { ...lengths, distance: null, lengthBytes: 1 }
  if (kind === LONG) return { ...lengths, distance: (second << 8) | first, lengthBytes: 3 }
  return { ...lengths, distance: (kind << 8) | first, lengthBytes: 2 }
}
