/** Files and folders that come from outside: the command line, a second start, a double-click, macOS' open-file. */
import { app, type BrowserWindow } from 'electron'
import type { AdmittedSource } from '../../shared/ipc.ts'
import { tell } from '../ipc/tell.ts'
import type { SourceRegistry } from '../state/source-registry.ts'
import { argumentPaths } from './argument-paths.ts'
import type { TakeArrived } from './double-click.ts'

/** The paths this process was started with. */
export function ownPaths(): string[] {
  const args = app.isPackaged ? process.argv.slice(1) : process.argv.slice(2)
  return argumentPaths(args, process.cwd())
}

export class Arrivals {
  private waiting: string[] = []
  private admit: ((paths: readonly string[]) => Promise<AdmittedSource[]>) | null = null
  private take: TakeArrived = async () => false

  /** Must be made before Electron is ready: macOS sends `open-file` early. */
  constructor() {
    app.on('open-file', (event, path) => {
      event.preventDefault()
      this.add([path])
    })
  }

  add(paths: readonly string[]): void {
    this.waiting.push(...paths)
    void this.deliver()
  }

  /** Asks this first whether it takes arrived sources over. */
  offerTo(take: TakeArrived): void {
    this.take = take
  }

  /** From here on arrivals go to this window, whenever it has a page that can hear of them. */
  deliverTo({ webContents }: BrowserWindow, sources: SourceRegistry): void {
    webContents.on('dom-ready', () => {
      this.admit = (paths) => sources.admit(paths)
      void this.deliver()
    })
    const pause = () => {
      this.admit = null
    }
    webContents.on('render-process-gone', pause)
    webContents.once('destroyed', pause)
  }

  private async deliver(): Promise<void> {
    if (!this.admit || this.waiting.length === 0) return
    const paths = this.waiting.splice(0)
    try {
      const sources = await this.admit(paths)
      if (!(await this.take(sources))) tell('sources', 'arrived', sources)
    } catch (error) {
      console.error(String(error))
    }
  }
}
