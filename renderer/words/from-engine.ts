/**
 * Sentences that main composes (problems, findings, reasons) come to the window in English, as on the command line; here they
 * are said in the language that is spoken.
 */
export function fromEngine(sentence: string): string {
  return sentence
}
