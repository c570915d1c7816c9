import { existsSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import react from '@vitejs/plugin-react'
import type { EnvironmentOptions } from 'vite'
import { defineConfig } from 'vitest/config'
import { electronDev } from './scripts/electron/dev-plugin.ts'

const root = import.meta.dirname
const external = ['electron', /^node:/, ...builtinModules]
const { version, releases } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8')) as { version: string; releases: string }

/** What runs in Node, by output name: the shell, the command line, and the processes and threads they start. */
const nodeEntries = {
  'main/app': 'app/main.ts',
  'main/job-process': 'main/jobs/job-process.ts',
  'main/workbench-process': 'main/jobs/workbench-process.ts',
  'main/browse-process': 'main/jobs/browse-process.ts',
  'main/hash-worker': 'main/bytes/hash-worker.ts',
  cli: 'main/cli/main.ts',
}

function existing(entries: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(entries).flatMap(([name, file]) => (existsSync(`${root}/${file}`) ? [[name, `${root}/${file}`]] : [])),
  )
}

/** `main/iso9660/reader.ts` becomes the chunk `iso9660-reader`: stable between builds and telling in a stack trace. */
function chunkName({ facadeModuleId, moduleIds }: { facadeModuleId?: string | null; moduleIds: string[] }): string {
  const id = facadeModuleId ?? moduleIds.at(-1)
  if (!id?.startsWith(root)) return 'main/chunks/runtime.js'
  const name = relative(root, id)
    .replace(/^node_modules\//, '')
    .replace(/^main\//, '')
    .replace(/\.\w+$/, '')
  return `main/chunks/${name.replaceAll(/[^\w]+/g, '-')}.js`
}

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
      reportCompressedSize: false,
      rolldownOptions: {
        input,
        external,
        output: {
          format,
          entryFileNames: format === 'cjs' ? '[name].cjs' : '[name].js',
          chunkFileNames: chunkName,
          ...(format === 'cjs' ? { codeSplitting: false } : {}), // a sandboxed preload cannot load a second file
        },
      },
    },
  }
}

/** Vite's dev server needs inline scripts, inline styles and a websocket; production's policy is in app/. */
const DEV_CSP =
  "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self' ws:"

export default defineConfig(({ mode }) => ({
  root: `${root}/renderer`,
  base: '/',
  publicDir: false,
  define: { ISOMER_VERSION: JSON.stringify(version), ISOMER_RELEASES: JSON.stringify(releases) },
  plugins: [react(), electronDev(root)],
  server: { port: 5173, strictPort: false, host: '127.0.0.1', headers: { 'content-security-policy': DEV_CSP } },
  environments: {
    client: {
      build: {
        outDir: `${root}/dist/renderer`,
        emptyOutDir: true,
        target: 'chrome130',
        sourcemap: mode === 'development',
        modulePreload: { polyfill: false },
        reportCompressedSize: false,
      },
    },
    main: nodeTarget(existing(nodeEntries), 'es'),
    preload: nodeTarget(existing({ 'preload/preload': 'app/preload.ts' }), 'cjs'),
  },
  builder: {
    async buildApp(builder) {
      for (const name of ['client', 'main', 'preload']) {
        const environment = builder.environments[name]
        if (environment) await builder.build(environment)
      }
    },
  },
  test: {
    root,
    include: ['{app,main,shared,renderer,scripts,e2e/lab}/**/*.test.{ts,tsx,mjs}'],
    environment: 'node',
    env: { ISOMER_STATE: join(tmpdir(), `isomer-test-state-${process.pid}`) }, // not among what somebody's own Isomer is doing
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 2,
  },
}))
