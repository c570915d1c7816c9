/** Keyboard shortcuts as they are pressed and as they are written. */

export interface KeyChord {
  /** `KeyboardEvent.key` in lower case. */
  readonly key: string
  readonly shift?: boolean
}

const isMac = typeof navigator !== 'undefined' && navigator.userAgent.includes('Mac')

/** `Ctrl+Shift+Z`, or `⇧⌘Z` on a Mac. */
export function chordText({ key, shift = false }: KeyChord, mac = isMac): string {
  const name = key.length === 1 ? key.toUpperCase() : key.replace('enter', 'Enter')
  return mac ? `${shift ? '⇧' : ''}⌘${name}` : `Ctrl+${shift ? 'Shift+' : ''}${name}`
}

interface Pressed {
  readonly key: string
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
}

export function isChord(event: Pressed, { key, shift = false }: KeyChord, mac = isMac): boolean {
  const isHeld = mac ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey
  return isHeld && !event.altKey && event.shiftKey === shift && event.key.toLowerCase() === key
}

/** Whether the keys belong to a text being edited, which has its own undo. */
export function isEditingText(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input:not([type="checkbox"], [type="radio"]), textarea') !== null
}
