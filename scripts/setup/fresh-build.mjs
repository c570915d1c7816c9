import { spawnSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const sources = ['app', 'main', 'shared', 'renderer', 'vite.config.ts', 'package.json']
const outputs = ['dist/cli.js', 'dist/main/app.js', 'dist/preload/preload.cjs', 'dist/renderer/index.html']

/** A folder's own time counts too: it changes when a file is removed. */
function newestMtimeMs(path) {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (!stats?.isDirectory()) return stats?.mtimeMs ?? 0
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => newestMtimeMs(join(path, name))))
}

/** True if a build output is missing or older than the newest source. */
export function isBuildStale(root) {
  const built = Math.min(...outputs.map((path) => statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0))
  return built < Math.max(...sources.map((path) => newestMtimeMs(join(root, path))))
}

/** Builds the app if its build is missing or stale; throws a plain sentence if the build fails. */
export function ensureFreshBuild(root, say) {
  if (!isBuildStale(root)) return
  say('Building the app…')
  const result = spawnSync('npm', ['run', 'build', '--silent', '--', '--logLevel', 'warn'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  })
  if (result.status !== 0) throw new Error('The app could not be built: `npm run build` failed as shown above.')
}
