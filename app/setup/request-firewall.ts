/** Nothing leaves: every request that isn't for our own pages is cancelled, in every session. */
import { app, type Session } from 'electron'
import { devServerUrl, isOurUrl } from './origin.ts'

/** `ws:` and `wss:` of Vite's server count as the server; `devtools:` and inline data never touch the network. */
function isAllowed(url: string): boolean {
  if (isOurUrl(url) || isOurUrl(url.replace(/^ws/, 'http'))) return true
  return !app.isPackaged && devServerUrl() !== undefined && url.startsWith('devtools:')
}

function guard(session: Session): void {
  session.webRequest.onBeforeRequest((details, answer) => {
    const allowed = isAllowed(details.url)
    if (!allowed) console.error(`refused a request to ${details.url.slice(0, 200)}`)
    answer({ cancel: !allowed })
  })
}

/** Must run before the first session is used. */
export function setupRequestFirewall(): void {
  app.on('session-created', guard)
}
