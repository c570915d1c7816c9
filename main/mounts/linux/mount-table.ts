/** What is mounted on Linux from image files, whoever mounted it: the kernel's mount table and its loop devices. */
import { readdirSync, readFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import type { SeenMount } from '../seen-mount.ts'
import { loopDeviceBehind } from './partition-table.ts'

/** File systems of discs; loop devices also carry snaps and the like, which are nobody's discs. */
const DISC_FILE_SYSTEMS = new Set(['iso9660', 'udf', 'hfs', 'hfsplus'])
const DELETED = ' (deleted)'

export interface MountTableEntry {
  readonly mountPoint: string
  readonly fileSystem: string
  readonly source: string
}

/** Parses /proc/self/mountinfo (proc(5)); lines it doesn't understand are left out. */
export function parseMountInfo(text: string): MountTableEntry[] {
  return text.split('\n').flatMap((line) => {
    const [left, right] = line.split(' - ')
    const mountPoint = left?.split(' ')[4]
    const [fileSystem, source] = right?.split(' ') ?? []
    if (mountPoint === undefined || fileSystem === undefined || source === undefined) return []
    return [{ mountPoint: unescaped(mountPoint), fileSystem, source: unescaped(source) }]
  })
}

/** Blanks, tabs, line feeds and backslashes are written as three octal digits, in UTF-8. */
function unescaped(text: string): string {
  if (!text.includes('\\')) return text
  const bytes = text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)))
  return Buffer.from(bytes, /[^\0-\xff]/.test(bytes) ? 'utf8' : 'latin1').toString()
}

/** The image behind a FUSE program, from its command line: the first two words that are no options. */
export function fuseOperands(args: readonly string[]): { readonly imagePath: string; readonly mountPoint: string } | null {
  const operands: string[] = []
  for (let i = 1; i < args.length; i++) {
    const arg = args[i] as string
    if (arg === '-o' || arg === '-c') i++
    else if (!arg.startsWith('-')) operands.push(arg)
  }
  const [imagePath, mountPoint] = operands
  return imagePath === undefined || mountPoint === undefined ? null : { imagePath, mountPoint }
}

/** All mounts of image files. */
export function linuxMounts(): SeenMount[] {
  return parseMountInfo(textOf('/proc/self/mountinfo') ?? '').flatMap((entry) => seenMount(entry) ?? [])
}

function seenMount({ mountPoint, fileSystem, source }: MountTableEntry): SeenMount | null {
  if (fileSystem === 'fuse.fuseiso' || fileSystem === 'fuse.archivemount') {
    const method = fileSystem === 'fuse.fuseiso' ? 'fuseiso' : 'archivemount'
    const imagePath = fuseImages(method).get(mountPoint) ?? null
    return { imagePath, mountPoint, method, fileSystem, device: null, isImageDeleted: false }
  }
  const loopDevice = loopDeviceBehind(source)
  if (loopDevice === null || !DISC_FILE_SYSTEMS.has(fileSystem)) return null
  const backing = textOf(`/sys/block/${basename(loopDevice)}/loop/backing_file`)?.replace(/\n$/, '') ?? null
  const isImageDeleted = backing?.endsWith(DELETED) ?? false
  const imagePath = isImageDeleted ? (backing as string).slice(0, -DELETED.length) : backing
  return { imagePath, mountPoint, method: 'other', fileSystem, device: source, isImageDeleted }
}

/** Image of each mount point that a running FUSE program serves; a relative path is relative to where it was started. */
function fuseImages(program: string): Map<string, string> {
  const images = new Map<string, string>()
  for (const process of runningProcesses()) {
    const args = textOf(`/proc/${process}/cmdline`)?.split('\0').slice(0, -1) ?? []
    if (basename(args[0] ?? '') !== program) continue
    const operands = fuseOperands(args)
    if (operands !== null) images.set(resolve(operands.mountPoint), resolve(operands.imagePath))
  }
  return images
}

function runningProcesses(): string[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name))
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}
