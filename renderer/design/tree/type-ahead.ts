/** Finding a row by typing the beginning of its name. */

const PAUSE_MS = 700

export interface TypedText {
  readonly text: string
  readonly atMs: number
}

export const nothingTyped: TypedText = { text: '', atMs: 0 }

/** What has been typed so far; a pause starts anew. */
export function typeOn(typed: TypedText, character: string, nowMs: number): TypedText {
  return { text: nowMs - typed.atMs > PAUSE_MS ? character : typed.text + character, atMs: nowMs }
}

/**
 * Index of the row whose name begins with the text, from the current row on and round the end; null when none does.
 * The same letter again and again goes from one such row to the next.
 */
export function findTyped(count: number, nameOf: (index: number) => string, current: number, text: string): number | null {
  const wanted = text.toLocaleLowerCase()
  const first = Array.from(wanted)[0] ?? ''
  const isRepeated = wanted.length > first.length && Array.from(wanted).every((character) => character === first)
  const attempts = isRepeated ? [wanted, first] : [wanted]
  for (const attempt of attempts) {
    const start = attempt === first ? current + 1 : current
    for (let step = 0; step < count; step++) {
      const index = (Math.max(start, 0) + step) % count
      if (nameOf(index).slice(0, attempt.length).toLocaleLowerCase() === attempt) return index
    }
  }
  return null
}
