/** The system's own dialogs as they stand on the screen: seen as windows, answered with real keys, pictured. */
import { execFileSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import type { ElectronApplication } from '@playwright/test'
import { expect } from '../fixtures.ts'

export class SystemDialog {
  readonly #app: ElectronApplication
  #before: readonly string[] = []

  constructor(app: ElectronApplication) {
    this.#app = app
  }

  static isPossible(): boolean {
    try {
      return xdotool('version') !== ''
    } catch {
      return false // not installed, or no X11 display
    }
  }

  /** Does what makes a dialog appear, and waits for it. */
  async openedBy(act: () => Promise<void>): Promise<void> {
    this.#before = visibleWindows()
    await act()
    await expect.poll(() => this.#windows().length).toBe(1)
  }

  /** Presses keys as a person does, and waits until the dialog has gone. */
  async answer(...keys: string[]): Promise<void> {
    xdotool('key', '--delay', '50', ...keys)
    await expect.poll(() => this.#windows().length).toBe(0)
  }

  /** The screen, with the dialog in the middle of Isomer's window as a desktop would put it. */
  async picture(path: string): Promise<void> {
    const [dialog = ''] = this.#windows()
    const { x, y, width, height } = await this.#app.evaluate(
      ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds() ?? { x: 0, y: 0, width: 0, height: 0 },
    )
    const [, wide = 0, high = 0] = /WIDTH=(\d+)\nHEIGHT=(\d+)/.exec(xdotool('getwindowgeometry', '--shell', dialog))?.map(Number) ?? []
    xdotool('windowmove', '--sync', dialog, `${x + Math.round((width - wide) / 2)}`, `${y + Math.round((height - high) / 2)}`)
    const png = await this.#app.evaluate(
      async ({ desktopCapturer, screen }, area) => {
        const [source] = await desktopCapturer.getSources({ types: ['screen'], thumbnailSize: screen.getPrimaryDisplay().size })
        return source?.thumbnail.crop(area).toPNG().toString('base64') ?? ''
      },
      { x, y, width, height },
    )
    await writeFile(path, Buffer.from(png, 'base64'))
  }

  #windows(): string[] {
    return visibleWindows().filter((window) => !this.#before.includes(window))
  }
}

const xdotool = (...args: string[]): string => execFileSync('xdotool', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
const visibleWindows = (): string[] => {
  try {
    return xdotool('search', '--maxdepth', '1', '--onlyvisible', '--name', '').trim().split('\n')
  } catch {
    return [] // none matches
  }
}
