/** The one request that leaves this machine: it carries nothing but the wish for one small file. */
import { type IncomingMessage, net } from 'electron'
import { MAX_ANNOUNCEMENT_BYTES } from '../../shared/limits.ts'
import { notAnnounced, notUnderstood, outOfReach, tooLate } from '../state/announcement-problems.ts'
import { announcementSession } from './request-firewall.ts'

const PATIENCE_MS = 10_000
/** In place of what Chromium would say of itself, the system and its languages. */
const HEADERS = { Accept: 'application/json', 'Accept-Language': '*', 'User-Agent': 'Isomer' }

function openRequest(url: string): Electron.ClientRequest {
  const session = announcementSession()
  session.webRequest.onBeforeSendHeaders((_details, answer) => answer({ requestHeaders: HEADERS }))
  return net.request({
    url,
    session,
    cache: 'no-store',
    credentials: 'omit',
    redirect: 'manual',
    referrerPolicy: 'no-referrer',
    useSessionCookies: false,
  })
}

/** Compressed answers come expanded, so what is counted is what would fill the memory. */
async function textOf(response: IncomingMessage, url: string): Promise<string> {
  const pieces: Buffer[] = []
  let sizeBytes = 0
  for await (const piece of response as unknown as AsyncIterable<Buffer>) {
    pieces.push(piece)
    sizeBytes += piece.length
    if (sizeBytes > MAX_ANNOUNCEMENT_BYTES) throw notUnderstood(url, `more than ${MAX_ANNOUNCEMENT_BYTES} bytes`)
  }
  return Buffer.concat(pieces).toString('utf8')
}

/** Gives the text at the address, or a problem soon. */
export async function askForAnnouncement(url: string): Promise<string> {
  const request = openRequest(url)
  let patience: NodeJS.Timeout | undefined
  try {
    return await new Promise<string>((resolve, reject) => {
      patience = setTimeout(() => reject(tooLate(url)), PATIENCE_MS)
      request.on('error', (error) => reject(outOfReach(url, error.message)))
      request.on('redirect', (status) => reject(notAnnounced(url, `HTTP ${status}`)))
      request.on('response', (response) => {
        if (response.statusCode === 200) textOf(response, url).then(resolve, reject)
        else reject(notAnnounced(url, `HTTP ${response.statusCode}`))
      })
      request.end()
    })
  } finally {
    clearTimeout(patience)
    request.abort()
  }
}
