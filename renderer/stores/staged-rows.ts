/** Fetching the rows of the staged tree. */
import type { StagedRow } from '../../shared/staging.ts'
import { isWithin, ROOT_PATH } from '../design/tree/flat-rows.ts'

export const isFolder = (row: Pick<StagedRow, 'type'>): boolean => row.type === 'directory'

/** A page of this many crosses to the window within a frame. */
const PAGE_ROWS = 1_000

async function fetchFolder(path: string): Promise<readonly StagedRow[] | undefined> {
  const rows: StagedRow[] = []
  for (;;) {
    const reply = await window.isomer.staging.rows({ path, offset: rows.length, limit: PAGE_ROWS })
    if (!reply.ok) return undefined
    rows.push(...reply.value)
    if (reply.value.length < PAGE_ROWS) return rows
  }
}

/** The rows of these folders in reading order; folders that are no longer there are left out. */
export async function fetchRows(folders: Iterable<string>): Promise<Map<string, readonly StagedRow[]>> {
  const fetched = new Map<string, readonly StagedRow[]>()
  // one folder after another: main makes the rows of a folder once for all its pages
  for (const path of folders) {
    const rows = await fetchFolder(path)
    if (rows) fetched.set(path, rows)
  }
  return fetched
}

/** The paths after `from` became `to`, whatever lies below it included. */
export function repath(paths: Iterable<string>, from: string, to: string): Set<string> {
  return new Set([...paths].map((path) => (path !== ROOT_PATH && isWithin(path, from) ? `${to}${path.slice(from.length)}` : path)))
}

export function joinPath(folder: string, name: string): string {
  return folder === ROOT_PATH ? `/${name}` : `${folder}/${name}`
}

/** `New folder`, or with the first number that no sibling has. */
export function freeName(wanted: string, siblings: readonly Pick<StagedRow, 'name'>[]): string {
  const taken = new Set(siblings.map((row) => row.name.toLocaleLowerCase()))
  let name = wanted
  for (let number = 2; taken.has(name.toLocaleLowerCase()); number++) name = `${wanted} ${number}`
  return name
}
