/**
 * What the window says, in the language that is spoken. A message is asked for when it is shown, never kept in a constant of
 * a module: the language can change while the window is open.
 */
import { Children, type ReactNode } from 'react'
import { english, type MessageKey } from '../../shared/words/english.ts'
import type { Speech } from '../../shared/words/languages.ts'
import { Speaker, type Values } from '../../shared/words/speaker.ts'

let speaker = new Speaker({ language: 'en', locale: 'en' }, english)

/** In which language and locale the window speaks now. */
export const spoken = (): Speech => speaker.speech

/** The message in the language that is spoken. */
export const say = (key: MessageKey, values?: Values): string => speaker.say(key, values)

/**
 * The message with elements of the page in it: as values, and around what stands between `<b>` and `</b>` by a value `b`
 * that is a function.
 */
export function sayNodes(key: MessageKey, values: Readonly<Record<string, ReactNode | ((chunks: ReactNode) => ReactNode)>>): ReactNode {
  const filled = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'function' ? (parts: ReactNode[]) => value(Children.toArray(parts)) : (value as string),
    ]),
  )
  return Children.toArray(speaker.parts<ReactNode>(key, filled))
}

/** Takes another language from now on; what is shown already must be drawn anew. */
export function setSpeaker(next: Speaker): void {
  speaker = next
}
