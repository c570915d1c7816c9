/** Starts the app under test: from dist/, or as it was packaged. */
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { _electron, type ElectronApplication, errors } from '@playwright/test'

export const projectRoot = join(import.meta.dirname, '../..')

export type Target = 'built' | 'packaged'

export interface StartCommand {
  readonly executable: string
  readonly args: readonly string[]
  readonly cwd: string
  readonly env: Record<string, string>
}

function environment(profile: string): Record<string, string> {
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined)
  const own = { DBUS_SESSION_BUS_ADDRESS: 'disabled:', ISOMER_ALLOW_NO_SANDBOX: '1', ISOMER_STATE: `${profile}-state`, LANGUAGE: 'en_US' }
  return { ...Object.fromEntries(inherited), ...own }
}

/** How to start the app with a profile of its own. Root can't have Chromium's sandbox. */
export function startCommand(target: Target, profile: string, paths: readonly string[] = []): StartCommand {
  const packaged = process.env['ISOMER_PACKAGED'] ?? join(projectRoot, 'release/e2e-build/linux-unpacked/isomer-app')
  const runtime = () => execFileSync(process.execPath, [join(projectRoot, 'scripts/electron-runtime.mjs')], { encoding: 'utf8' }).trim()
  return {
    executable: target === 'packaged' ? packaged : runtime(),
    args: [
      ...(target === 'packaged' ? [] : ['.']),
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      `--user-data-dir=${profile}`,
      '--lang=en-US',
      '--force-device-scale-factor=1',
      ...paths,
    ],
    cwd: projectRoot,
    env: environment(profile),
  }
}

const LAUNCH_TIMEOUT_MS = 20_000

function launchOnce({ executable, args, cwd, env }: StartCommand): Promise<ElectronApplication> {
  return _electron.launch({
    executablePath: executable,
    args: [...args],
    cwd,
    env,
    timeout: LAUNCH_TIMEOUT_MS,
    colorScheme: null, // else Playwright pins prefers-color-scheme and nativeTheme has no effect
  })
}

/** On a busy machine Playwright now and then attaches while the first page is being made, and then waits for ever. */
export async function launch(command: StartCommand): Promise<ElectronApplication> {
  try {
    return await launchOnce(command)
  } catch (error) {
    if (!(error instanceof errors.TimeoutError)) throw error
    return launchOnce(command)
  }
}
