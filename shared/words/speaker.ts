/** Messages of a catalogue (ICU MessageFormat) filled with their values. */
import { IntlMessageFormat } from 'intl-messageformat'
import type { Catalogue, MessageKey } from './english.ts'
import type { Speech } from './languages.ts'

export type Values = Readonly<Record<string, string | number>>

/** Messages whose text is all that there is to them need no parser. */
const PLAIN = /^[^{}<>'#]*$/

export class Speaker {
  readonly speech: Speech
  readonly #catalogue: Catalogue
  readonly #formats = new Map<MessageKey, IntlMessageFormat>()

  /** @param catalogue the messages of `speech.language` */
  constructor(speech: Speech, catalogue: Catalogue) {
    this.speech = speech
    this.#catalogue = catalogue
  }

  /** The message with its values: numbers written, and plurals chosen, as the language does. */
  say(key: MessageKey, values?: Values): string {
    const message = this.#catalogue[key]
    if (values === undefined && PLAIN.test(message)) return message
    return this.#format(key).format<string>(values) as string
  }

  /**
   * The message around things that are no text, such as elements of the page: `<b>…</b>` in it calls the value `b` with
   * what is between. Gives text and things in their order.
   */
  parts<T>(key: MessageKey, values: Readonly<Record<string, string | number | T | ((parts: (string | T)[]) => T)>>): (string | T)[] {
    const formatted = this.#format(key).format<T>(values as Parameters<IntlMessageFormat['format']>[0] as never)
    return Array.isArray(formatted) ? formatted : [formatted]
  }

  #format(key: MessageKey): IntlMessageFormat {
    let format = this.#formats.get(key)
    if (format === undefined) {
      format = new IntlMessageFormat(this.#catalogue[key], this.speech.locale, undefined, { ignoreTag: false })
      this.#formats.set(key, format)
    }
    return format
  }
}
