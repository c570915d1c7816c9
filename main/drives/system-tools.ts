/** The programs of the system that Isomer uses: which are there, in which version, what for. */
import type { ToolState } from '../../shared/settings.ts'
import { type InstallableTool, installCommand, isInstalled, osRelease } from './linux/installed-tools.ts'
import { startTool } from './run-tool.ts'

interface LinuxToolUse {
  readonly name: InstallableTool
  readonly purpose: string
  readonly versionOption: string
}

/** The first number with a dot that a program says of itself, or a date as fuseiso's. */
const VERSION = /\b(\d+(?:\.\d+)+[\w.-]*|\d{8})\b/
/** A program that doesn't know the option may wait for input, or work. */
const PATIENCE_MS = 5000

const linuxUses: readonly LinuxToolUse[] = [
  { name: 'xorriso', purpose: 'looks at discs, and burns and erases every kind', versionOption: '-version' },
  { name: 'cdrskin', purpose: 'burns discs where xorriso is missing', versionOption: '--version' },
  { name: 'growisofs', purpose: 'burns DVDs and Blu-ray discs where both are missing', versionOption: '-version' },
  { name: 'wodim', purpose: 'burns CDs where the others are missing', versionOption: '-version' },
  { name: 'cdrdao', purpose: 'reads discs with audio', versionOption: '-h' },
  { name: 'eject', purpose: 'opens drives', versionOption: '--version' },
  { name: 'udisksctl', purpose: 'mounts images as the desktop does', versionOption: 'status' },
  { name: 'fuseiso', purpose: 'mounts images where the desktop can’t', versionOption: '-h' },
  { name: 'archivemount', purpose: 'mounts images where fuseiso is missing', versionOption: '--version' },
]

const ofOtherSystems: Readonly<Partial<Record<NodeJS.Platform, readonly ToolState[]>>> = {
  darwin: [
    systemPart('hdiutil', 'mounts and burns images'),
    systemPart('drutil', 'looks at drives and erases discs'),
    systemPart('diskutil', 'looks at disks and takes them out of use'),
  ],
  win32: [systemPart('PowerShell', 'mounts images, and burns discs through IMAPI2')],
}

/** What there is on this system. */
export async function systemTools(platform: NodeJS.Platform = process.platform): Promise<ToolState[]> {
  if (platform !== 'linux') return [...(ofOtherSystems[platform] ?? [])]
  const system = osRelease()
  return Promise.all(linuxUses.map((use) => stateOf(use, system)))
}

async function stateOf({ name, purpose, versionOption }: LinuxToolUse, system: string): Promise<ToolState> {
  const isFound = isInstalled(name)
  const version = isFound && name !== 'udisksctl' ? await versionOf(name, versionOption) : null
  return { name, purpose, isFound, version, installCommand: installCommand(name, system) }
}

async function versionOf(program: string, option: string): Promise<string | null> {
  const tool = startTool({ program, args: [option] })
  const patience = setTimeout(() => tool.stop(), PATIENCE_MS)
  try {
    return versionIn((await tool.ended).text)
  } catch {
    return null // it can't be started; whoever needs it will say so
  } finally {
    clearTimeout(patience)
  }
}

/** The version in what a program says of itself. */
export function versionIn(text: string): string | null {
  return VERSION.exec(text)?.[1] ?? null
}

function systemPart(name: string, purpose: string): ToolState {
  return { name, purpose: `${purpose}; a part of the system`, isFound: true, version: null, installCommand: null }
}
