/** `app://isomer/`: the packaged page, and nothing else from the disk. */
import { randomBytes } from 'node:crypto'
import { readFile, realpath } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import { app, protocol } from 'electron'
import { contentSecurityPolicy } from './content-security-policy.ts'
import { APP_HOST, APP_SCHEME } from './origin.ts'

const mediaTypes = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
  ['.woff2', 'font/woff2'],
])

const refusal = (status: 403 | 404 | 405) => new Response(null, { status })

/** Must run before Electron is ready. */
export function setupAppScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, codeCache: true }
  protocol.registerSchemesAsPrivileged([{ scheme: APP_SCHEME, privileges }])
}

function headers(mediaType: string, nonce: string): Record<string, string> {
  return {
    'content-type': mediaType,
    'content-security-policy': contentSecurityPolicy(nonce),
    'x-content-type-options': 'nosniff',
    'cross-origin-opener-policy': 'same-origin',
    'cache-control': 'no-cache',
  }
}

async function pageFile(root: string, request: Request): Promise<Response> {
  const { host, pathname } = new URL(request.url)
  if (host !== APP_HOST) return refusal(404)
  if (request.method !== 'GET') return refusal(405)
  const name = pathname === '/' ? 'index.html' : decodeURIComponent(pathname)
  const mediaType = mediaTypes.get(extname(name))
  if (!mediaType) return refusal(404)
  const path = await realpath(join(root, name))
  if (!path.startsWith(root + sep)) return refusal(403)
  const body = await readFile(path)
  const nonce = randomBytes(16).toString('base64')
  const text = `<head><meta property="csp-nonce" nonce="${nonce}">`
  const content = extname(name) === '.html' ? body.toString('utf8').replace('<head>', text) : new Uint8Array(body)
  return new Response(content, { headers: headers(mediaType, nonce) })
}

export function setupAppProtocol(): void {
  const root = join(app.getAppPath(), 'dist/renderer')
  protocol.handle(APP_SCHEME, (request) => pageFile(root, request).catch(() => refusal(404)))
}
