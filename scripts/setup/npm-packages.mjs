import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const readPackages = (path) => JSON.parse(readFileSync(path, 'utf8')).packages

/** True if every package of package-lock.json that this machine needs is in node_modules, at its version. */
function isInstalled(root) {
  const installedLock = join(root, 'node_modules/.package-lock.json')
  if (!existsSync(installedLock)) return false
  const installed = readPackages(installedLock)
  return Object.entries(readPackages(join(root, 'package-lock.json'))).every(
    ([path, { version, optional, peer }]) => path === '' || optional || peer || installed[path]?.version === version,
  )
}

/** Installs the npm packages if they are missing or outdated; throws a plain sentence if npm fails. */
export function ensureNpmPackages(root, say) {
  if (isInstalled(root)) return
  say('Installing the npm packages (once, about half a minute)…')
  // `npm ci` begins by deleting node_modules, which is only harmless where there is none
  const command = existsSync(join(root, 'node_modules')) ? 'install' : 'ci'
  const result = spawnSync('npm', [command, '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  })
  if (result.status !== 0) throw new Error(`The npm packages could not be installed: \`npm ${command}\` failed as shown above.`)
}
