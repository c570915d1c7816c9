/** Pages stay where they are: no navigation, no redirect, no new window, no webview, for every web contents there will be. */
import { app, type WebContents } from 'electron'

function stayHere(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-frame-navigate', (event) => {
    // Vite's client reloads the page while developing; a reload is a navigation to the same URL.
    if (!event.isMainFrame || event.url !== contents.getURL()) event.preventDefault()
  })
}

export function setupNavigation(): void {
  app.on('web-contents-created', (_event, contents) => stayHere(contents))
}
