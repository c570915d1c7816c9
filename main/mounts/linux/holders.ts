/** Which programs use a mount, as far as the kernel shows it to this user: their working folders, programs and open files. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

export interface Holder {
  readonly processId: number
  readonly name: string
}

/** Programs that hold something at or below `mountPoint`. */
export function holdersOf(mountPoint: string): Holder[] {
  const isBelow = (path: string | null) => path !== null && (path === mountPoint || path.startsWith(`${mountPoint}/`))
  return readdirSync('/proc').flatMap((processId) => {
    if (!/^\d+$/.test(processId) || !heldPaths(`/proc/${processId}`).some(isBelow)) return []
    return [{ processId: Number(processId), name: nameOf(`/proc/${processId}/comm`) }]
  })
}

function heldPaths(folder: string): (string | null)[] {
  const open = names(`${folder}/fd`).map((fd) => linkTarget(`${folder}/fd/${fd}`))
  return [linkTarget(`${folder}/cwd`), linkTarget(`${folder}/root`), linkTarget(`${folder}/exe`), ...open]
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return [] // another user's, or ended meanwhile
  }
}

function linkTarget(path: string): string | null {
  try {
    return readlinkSync(path)
  } catch {
    return null
  }
}

function nameOf(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return 'a program'
  }
}
