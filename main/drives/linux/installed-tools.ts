import { accessSync, constants, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { Problem } from '../../../shared/problem.ts'
import { type LinuxTool, linuxTools } from './linux-tool.ts'

/** Whether a program of this name can be started. */
export function isInstalled(program: string, searchPath: string = process.env['PATH'] ?? ''): boolean {
  return searchPath.split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK)
      return folder !== ''
    } catch {
      return false // not in this folder
    }
  })
}

export const installedTools = (): Set<LinuxTool> => new Set(linuxTools.filter((tool) => isInstalled(tool)))

type Distribution = 'debian' | 'fedora' | 'arch' | 'suse'
type Packages = Readonly<Record<Distribution, string>>

/** Programs that Isomer can use, those that mount included. */
const packages = {
  xorriso: { debian: 'xorriso', fedora: 'xorriso', arch: 'libisoburn', suse: 'xorriso' },
  cdrskin: { debian: 'cdrskin', fedora: 'cdrskin', arch: 'libburn', suse: 'cdrskin' },
  growisofs: { debian: 'dvd+rw-tools', fedora: 'dvd+rw-tools', arch: 'dvd+rw-tools', suse: 'dvd+rw-tools' },
  wodim: { debian: 'wodim', fedora: 'wodim', arch: 'cdrtools', suse: 'wodim' },
  cdrdao: { debian: 'cdrdao', fedora: 'cdrdao', arch: 'cdrdao', suse: 'cdrdao' },
  udisksctl: { debian: 'udisks2', fedora: 'udisks2', arch: 'udisks2', suse: 'udisks2' },
  fuseiso: { debian: 'fuseiso', fedora: 'fuseiso', arch: 'fuseiso', suse: 'fuseiso' },
  archivemount: { debian: 'archivemount', fedora: 'archivemount', arch: 'archivemount', suse: 'archivemount' },
  eject: { debian: 'eject', fedora: 'util-linux', arch: 'util-linux', suse: 'util-linux' },
} as const satisfies Readonly<Record<LinuxTool | 'cdrdao' | 'udisksctl' | 'fuseiso' | 'archivemount' | 'eject', Packages>>
export type InstallableTool = keyof typeof packages

const installers: Readonly<Record<Distribution, string>> = {
  debian: 'sudo apt install',
  fedora: 'sudo dnf install',
  arch: 'sudo pacman -S',
  suse: 'sudo zypper install',
}

/** The command that installs a program on a system that describes itself so (os-release); the one of Debian where unknown. */
export function installCommand(tool: InstallableTool, osRelease: string): string {
  const ids = [...osRelease.matchAll(/^ID(?:_LIKE)?="?([^"\n]*)"?$/gm)].flatMap(([, value = '']) => value.split(' '))
  const known: readonly Distribution[] = ['debian', 'fedora', 'arch', 'suse']
  const aliases: Readonly<Record<string, Distribution>> = { ubuntu: 'debian', rhel: 'fedora', opensuse: 'suse' }
  const distribution = ids.map((id) => aliases[id] ?? known.find((name) => name === id)).find((name) => name !== undefined) ?? 'debian'
  return `${installers[distribution]} ${packages[tool][distribution]}`
}

export function toolMissing(tool: InstallableTool, reason: string): Problem {
  return new Problem({
    kind: 'usage',
    code: 'tool-missing',
    message: reason,
    kept: 'Nothing was done.',
    advice: `Install it: ${installCommand(tool, osRelease())}`,
  })
}

/** How this system describes itself. */
export function osRelease(): string {
  try {
    return readFileSync('/etc/os-release', 'utf8')
  } catch {
    return '' // not every system has the file
  }
}
