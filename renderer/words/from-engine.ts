/**
 * Sentences that main composes (problems, findings, reasons) come to the window in English, as on the command line; here they
 * are said in the language that is spoken.
 */
import type { EngineWords } from '../../shared/words/engine-words.ts'
import { spoken } from './say.ts'

let words: EngineWords | null = null

/** What main says in English, in the language that is spoken; what nobody translated stays English. */
export const fromEngine = (english: string): string => (spoken().language === 'en' ? english : (words?.translate(english) ?? english))

export function setEngineWords(next: EngineWords): void {
  words = next
}
