/** Exclude patterns as lines of text. */
import { say } from '../../words/say.ts'

export function patternsOf(text: string): string[] {
  return [...new Set(text.split('\n').map((line) => line.trim()))].filter((line) => line !== '')
}

/** Why the lines can't be used, in a sentence; null when they can. A line is a glob; one of slashes alone matches nothing. */
export function patternsProblem(text: string): string | null {
  const useless = patternsOf(text).find((pattern) => /^\/+$/.test(pattern))
  return useless === undefined ? null : say('create.exclude.wrong', { pattern: useless })
}
