/** Keyboard shortcuts as they are pressed and as they are written. */

import { say } from '../../words/say.ts'

export interface KeyChord {
  /** `KeyboardEvent.key` in lower case. */
  readonly key: string
  readonly shift?: boolean
}

const isMac = typeof navigator !== 'undefined' && navigator.userAgent.includes('Mac')

/** `Ctrl+Shift+Z`, or `⇧⌘Z` on a Mac. */
export function chordText({ key, shift = false }: KeyChord, mac = isMac): string {
  const name = key === 'enter' ? say('common.key.enter') : key.toUpperCase()
  if (mac) return `${shift ? '⇧' : ''}⌘${name}`
  return [say('common.key.control'), ...(shift ? [say('common.key.shift')] : []), name].join('+')
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
