import { type ChildProcess, spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { createBuilder, type Plugin, type ViteDevServer } from 'vite'

const watched = ['main', 'preload'] as const

/** The Electron process of a dev server: started once, replaced on `restart`, and its end ends the server. */
class DevElectron {
  private child: ChildProcess | undefined
  private restarting = false
  private readonly server: ViteDevServer
  private readonly root: string

  constructor(server: ViteDevServer, root: string) {
    this.server = server
    this.root = root
    process.once('exit', () => this.child?.kill())
  }

  launch(): void {
    const url = this.server.resolvedUrls?.local[0]
    if (!url) throw new Error('the dev server has no URL')
    const executable = createRequire(import.meta.url)('electron') as unknown as string
    const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
    const extra = process.env['ISOMER_ELECTRON_ARGS']?.split(' ') ?? []
    this.child = spawn(executable, ['.', ...asRoot, ...extra], {
      cwd: this.root,
      stdio: 'inherit',
      env: { ...process.env, VITE_DEV_SERVER_URL: url },
    })
    this.child.once('exit', (code) => this.exited(code))
  }

  restart(): void {
    if (!this.child) this.launch()
    else if (!this.restarting) {
      this.restarting = true
      this.child.kill()
    }
  }

  private exited(code: number | null): void {
    if (this.restarting) {
      this.restarting = false
      this.launch()
    } else void this.server.close().finally(() => process.exit(code ?? 0))
  }
}

async function watchNodeSide(server: ViteDevServer, root: string): Promise<void> {
  const electron = new DevElectron(server, root)
  const builder = await createBuilder({ configFile: `${root}/vite.config.ts`, mode: 'development', logLevel: 'warn', clearScreen: false })
  let built = 0
  for (const name of watched) {
    const environment = builder.environments[name]
    if (!environment) throw new Error(`vite.config.ts has no environment ${name}`)
    environment.config.build.watch = {}
    const watcher = await builder.build(environment)
    if (!('on' in watcher)) throw new Error('expected a watcher')
    let first = true
    watcher.on('event', (event) => {
      if (event.code === 'ERROR') server.config.logger.error(`[${name}] ${event.error.message}`)
      if (event.code !== 'END') return
      if (first) {
        first = false
        built += 1
        if (built === watched.length) electron.launch()
      } else if (name === 'main') electron.restart()
      else server.hot.send({ type: 'full-reload' })
    })
  }
}

/** Dev: rebuild main and preload on change; restart Electron for main, reload the window for preload. */
export function electronDev(root: string): Plugin {
  return {
    name: 'electron-dev',
    apply: (_config, env) => env.command === 'serve' && !process.env['VITEST'] && !process.env['ISOMER_NO_ELECTRON'],
    configureServer(server) {
      server.httpServer?.once('listening', () => void watchNodeSide(server, root))
    },
  }
}
