/** The window's messages in a language, for journeys that have to find them. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { IntlMessageFormat } from 'intl-messageformat'
import type { Language } from '../../shared/words/languages.ts'
import { projectRoot } from './launch.ts'

/** Gives what `say` says in that language. */
export function messagesOf(language: Language): (key: string, values?: Record<string, string | number>) => string {
  return (key, values) => {
    const path = join(projectRoot, 'shared/words/messages', language, `${key.split('.', 1)[0]}.json`)
    const message = (JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>)[key]
    if (message === undefined) throw new Error(`there is no message ${key}`)
    return String(new IntlMessageFormat(message, language).format(values))
  }
}
