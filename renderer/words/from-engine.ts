/**
 * Sentences that main composes (problems, findings, reasons) come to the window in English, as on the command line; here they
 * are said in the language that is spoken.
 */
import { IntlMessageFormat } from 'intl-messageformat'
import { type EngineCatalogue, EngineWords } from '../../shared/words/engine-words.ts'
import { formatDay, formatExactBytes, formatNumber, formatSize } from './amounts.ts'
import { spoken } from './say.ts'

let words = new EngineWords({}, amounts())

function amounts() {
  return {
    number: (value: number) => formatNumber(value),
    bytes: formatExactBytes,
    size: formatSize,
    day: formatDay,
    plural: (message: string, count: number) => String(new IntlMessageFormat(message, spoken().locale).format({ count })),
  }
}

/** What main says in English, in the language that is spoken; what nobody translated stays English. */
export const fromEngine = (english: string): string => (spoken().language === 'en' ? english : words.translate(english))

export function setEngineCatalogue(catalogue: EngineCatalogue): void {
  words = new EngineWords(catalogue, amounts())
}
