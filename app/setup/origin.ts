/** Where our pages come from: the packaged files, or Vite's server while developing. */
import { app } from 'electron'

export const APP_SCHEME = 'app'
export const APP_HOST = 'isomer'
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`

/** Vite's server; never in a packaged app, whatever the environment says. */
export function devServerUrl(): string | undefined {
  return app.isPackaged ? undefined : process.env['VITE_DEV_SERVER_URL']
}

/** The page that a window shows. */
export function startUrl(): string {
  return devServerUrl() ?? `${APP_ORIGIN}/`
}

/** Gives `scheme://host` of a URL; null for what is no URL. (`URL.origin` is `null` for schemes of our own.) */
function originOf(url: string): string | null {
  if (!URL.canParse(url)) return null
  const { protocol, host } = new URL(url)
  return `${protocol}//${host}`
}

/** Whether a page with this URL is ours. */
export function isOurUrl(url: string): boolean {
  const origin = originOf(url)
  return origin !== null && (origin === APP_ORIGIN || origin === originOf(devServerUrl() ?? ''))
}
