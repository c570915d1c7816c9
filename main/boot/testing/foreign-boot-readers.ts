/** Other people's programs that make and judge boot equipment. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

export interface Judgement {
  readonly status: number | null
  /** Both streams. */
  readonly text: string
}

/** Runs a program; `command` may be missing only where `isInstalled` said so. */
export function judge(command: string, ...args: readonly string[]): Judgement {
  const path = placeOf(command) ?? command
  const result = spawnSync(path, args, { encoding: 'utf8', maxBuffer: 2 ** 26, env: { ...process.env, LC_ALL: 'C.UTF-8' } })
  if (result.error) throw result.error
  return { status: result.status, text: `${result.stdout}\n${result.stderr}` }
}

/** Partition programs lie where only root looks. */
export const isInstalled = (command: string): boolean => placeOf(command) !== undefined

function placeOf(command: string): string | undefined {
  return ['/usr/bin', '/usr/sbin', '/sbin', '/bin'].map((folder) => `${folder}/${command}`).find((path) => existsSync(path))
}

/** Makes an image with xorriso's mkisofs emulation. */
export function makeForeignImage(image: string, folder: string, ...options: readonly string[]): void {
  const { status, text } = judge('xorriso', '-as', 'mkisofs', '-o', image, '-V', 'FOREIGN', ...options, folder)
  if (status !== 0) throw new Error(`xorriso: exit ${status}\n${text}`)
}

export interface ForeignBootEntry {
  readonly platform: string
  readonly bootable: boolean
  readonly emulation: string
  readonly loadSegment: number
  readonly partitionType: number
  readonly sectorCount: number
  readonly lba: number
}

/** xorriso's view of the boot catalog. */
export function foreignBootReport(image: string): {
  readonly catalogLba: number
  readonly entries: readonly ForeignBootEntry[]
  readonly text: string
} {
  const { text } = judge('xorriso', '-indev', `stdio:${image}`, '-report_el_torito', 'plain')
  const rows = text.matchAll(/^El Torito boot img : +\d+ +(\S+) +([yn]) +(\S+) +(\w+) +(\w+) +(\d+) +(\d+)$/gm)
  const entries = [...rows].map(([, platform, bootable, emulation, segment, type, count, lba]) => ({
    platform: platform as string,
    bootable: bootable === 'y',
    emulation: emulation as string,
    loadSegment: Number(segment),
    partitionType: Number(type),
    sectorCount: Number(count),
    lba: Number(lba),
  }))
  return { catalogLba: Number(/^El Torito catalog +: (\d+)/m.exec(text)?.[1] ?? Number.NaN), entries, text }
}

/** xorriso's view of the partition tables, one line a fact. */
export function foreignSystemAreaReport(image: string): string {
  return judge('xorriso', '-indev', `stdio:${image}`, '-report_system_area', 'plain').text
}
