import { type ChildProcess, spawn } from 'node:child_process'
import { builtinModules, createRequire } from 'node:module'
import react from '@vitejs/plugin-react'
import { createBuilder, type EnvironmentOptions, type Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

const root = import.meta.dirname
const external = ['electron', /^node:/, ...builtinModules]

/** Everything is bundled (noExternal) but Electron and Node's own modules, so the package ships no node_modules. */
function nodeTarget(input: Record<string, string>, format: 'es' | 'cjs'): EnvironmentOptions {
  return {
    consumer: 'server',
    keepProcessEnv: true,
    resolve: { noExternal: true, conditions: ['node', 'import', 'module', 'default'], mainFields: ['module', 'main'] },
    build: {
      outDir: `${root}/dist`,
      emptyOutDir: false, // shared with the other environments; names carry no hash, so nothing goes stale
      target: 'node20',
      minify: false,
      sourcemap: true,
      copyPublicDir: false,
      rolldownOptions: {
        input,
        external,
        output: {
          format,
          entryFileNames: format === 'cjs' ? '[name].cjs' : '[name].js',
          chunkFileNames: 'main/chunks/[name].js',
          ...(format === 'cjs' ? { codeSplitting: false } : {}),
        },
      },
    },
  }
}

const nodeEnvironments = ['main', 'preload'] as const

/** Dev: rebuild main and preload on change; restart Electron for main, reload the window for preload. */
function electronDev(): Plugin {
  return {
    name: 'electron-dev',
    apply: (_config, env) => env.command === 'serve' && !process.env['VITEST'] && !process.env['ISOMER_NO_ELECTRON'],
    configureServer(server) {
      server.httpServer?.once('listening', () => void start())
      let child: ChildProcess | undefined
      let restarting = false
      let ready = 0

      const launch = () => {
        const url = server.resolvedUrls?.local[0]
        if (!url) throw new Error('dev server has no URL')
        const electron = createRequire(import.meta.url)('electron') as unknown as string
        const args = ['.', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), ...(process.env['ISOMER_ELECTRON_ARGS']?.split(' ') ?? [])]
        child = spawn(electron, args, { cwd: root, stdio: 'inherit', env: { ...process.env, VITE_DEV_SERVER_URL: url } })
        child.once('exit', (code) => {
          if (restarting) {
            restarting = false
            launch()
          } else void server.close().finally(() => process.exit(code ?? 0))
        })
      }
      const restart = () => {
        if (!child) return launch()
        if (restarting) return
        restarting = true
        child.kill()
      }
      const start = async () => {
        const builder = await createBuilder({
          configFile: `${root}/vite.config.ts`,
          mode: 'development',
          logLevel: 'warn',
          clearScreen: false,
        })
        for (const name of nodeEnvironments) {
          const environment = builder.environments[name]
          if (!environment) throw new Error(`no environment ${name}`)
          environment.config.build.watch = {}
          const watcher = await builder.build(environment)
          if (!('on' in watcher)) throw new Error('expected a watcher')
          let first = true
          watcher.on('event', (e) => {
            if (e.code === 'ERROR') server.config.logger.error(`[${name}] ${e.error.message}`)
            if (e.code !== 'END') return
            if (first) {
              first = false
              if (++ready === nodeEnvironments.length) launch()
            } else if (name === 'main') restart()
            else server.hot.send({ type: 'full-reload' })
          })
        }
      }
      process.once('exit', () => child?.kill())
    },
  }
}

/** Vite's dev server needs inline scripts, inline styles and a websocket; production's policy is in app/protocol.ts. */
const DEV_CSP =
  "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self' ws:"

export default defineConfig({
  root: `${root}/renderer`,
  base: '/',
  publicDir: false,
  plugins: [react(), electronDev()],
  server: { port: 5173, strictPort: false, host: '127.0.0.1', headers: { 'content-security-policy': DEV_CSP } },
  environments: {
    client: {
      build: {
        outDir: `${root}/dist/renderer`,
        emptyOutDir: true,
        target: 'chrome130',
        modulePreload: { polyfill: false },
        reportCompressedSize: false,
      },
    },
    main: nodeTarget(
      { 'main/app': `${root}/app/main.ts`, 'main/engine-process': `${root}/main/engine-process.ts`, cli: `${root}/main/cli.ts` },
      'es',
    ),
    preload: nodeTarget({ 'preload/preload': `${root}/app/preload.ts` }, 'cjs'),
  },
  test: { root, include: ['{app,main,shared,renderer,scripts}/**/*.test.{ts,tsx}'], environment: 'node' },
  builder: {
    async buildApp(builder) {
      for (const environment of Object.values(builder.environments)) if (environment.name !== 'ssr') await builder.build(environment)
    },
  },
})
