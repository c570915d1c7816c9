/** What announces a version: `{ "version": "0.2.0", "page": "https://…" }`. What later versions may put beside it is left unread. */
import * as v from 'valibot'
import { notUnderstood } from './announcement-problems.ts'
import { isVersion } from './version-order.ts'

export interface Announcement {
  readonly version: string
  /** Where it can be had: of the same origin as the announcement itself. */
  readonly page: string
}

const schemaFor = (url: string) =>
  v.object({
    version: v.pipe(v.string(), v.maxLength(64), v.check(isVersion, 'no version')),
    page: v.pipe(
      v.string(),
      v.maxLength(2000),
      v.check((page) => isBeside(page, url), 'of another origin'),
      v.transform((page) => new URL(page).href),
    ),
  })

/** So a page is never less encrypted than what led to it. */
function isBeside(page: string, url: string): boolean {
  if (!URL.canParse(page)) return false
  const { origin, username, password } = new URL(page)
  return origin === new URL(url).origin && username === '' && password === ''
}

function jsonIn(text: string, url: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw notUnderstood(url, String(error))
  }
}

/**
 * What was announced at `url`.
 * @throws {Problem} for everything that is no announcement
 */
export function announcementIn(text: string, url: string): Announcement {
  const parsed = v.safeParse(schemaFor(url), jsonIn(text, url))
  if (parsed.success) return parsed.output
  throw notUnderstood(url, v.summarize(parsed.issues))
}
