import { homedir } from 'node:os'
import { join } from 'node:path'

/**
 * Where Isomer notes what it is in the middle of: the same for window and command line. `ISOMER_STATE` names another
 * place.
 */
export function stateFolder(env: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): string {
  const named = env['ISOMER_STATE']
  if (named) return named
  if (platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'Isomer', 'state')
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Isomer', 'state')
  return join(env['XDG_STATE_HOME'] || join(homedir(), '.local', 'state'), 'isomer')
}
