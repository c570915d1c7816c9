/**
 * Nothing leaves: every request that isn't for our own pages is cancelled, in every session. One session, in which no page
 * ever is, may ask one address: where new versions are announced.
 */
import { app, type OnBeforeRequestListenerDetails, type Session, session } from 'electron'
import { announcementUrl } from './announcement-url.ts'
import { devServerUrl, isOurUrl } from './origin.ts'

/** `ws:` and `wss:` of Vite's server count as the server; `devtools:` and inline data never touch the network. */
function isAllowed(url: string): boolean {
  if (isOurUrl(url) || isOurUrl(url.replace(/^ws/, 'http'))) return true
  return !app.isPackaged && devServerUrl() !== undefined && url.startsWith('devtools:')
}

/** In memory alone, so that nothing of a request is left for the next run. */
export function announcementSession(): Session {
  return session.fromPartition('announcements', { cache: false })
}

function isForAnnouncement(from: Session, { url, method }: OnBeforeRequestListenerDetails): boolean {
  return method === 'GET' && url === announcementUrl() && from === announcementSession()
}

function guard(from: Session): void {
  from.webRequest.onBeforeRequest((details, answer) => {
    const allowed = isAllowed(details.url) || isForAnnouncement(from, details)
    if (!allowed) console.error(`refused a request to ${details.url.slice(0, 200)}`)
    answer({ cancel: !allowed })
  })
}

/** Must run before the first session is used. */
export function setupRequestFirewall(): void {
  app.on('session-created', guard)
}
