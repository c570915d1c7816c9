/** Finding a row by typing the beginning of its name. */

const PAUSE_MS = 700

export interface TypedText {
  readonly text: string
  readonly atMs: number
}

export const nothingTyped: TypedText = { text: '', atMs: 0 }

export interface TypedKey {
  readonly key: string
  /** Whether it is pressed together with Ctrl, Meta or Alt. */
  readonly isChord: boolean
  readonly atMs: number
}

/** Held to type others; they end nothing. */
const MODIFIERS = ['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock', 'Dead', 'Process']

/**
 * What has been typed when one more key is pressed; a pause starts anew, and a key that does something else ends it.
 * A space belongs to a name only inside of one.
 */
export function typeOn(typed: TypedText, { key, isChord, atMs }: TypedKey): TypedText {
  if (MODIFIERS.includes(key)) return typed
  const text = atMs - typed.atMs > PAUSE_MS ? '' : typed.text
  if (isChord || Array.from(key).length !== 1 || (key === ' ' && text === '')) return nothingTyped
  return { text: text + key, atMs }
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
