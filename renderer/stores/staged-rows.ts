/** Fetching and ordering the rows of the staged tree. */
import type { StagedRow } from '../../shared/staging.ts'
import { isWithin, ROOT_PATH } from '../design/tree/flat-rows.ts'

const byName = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

export const isFolder = (row: StagedRow): boolean => row.type === 'directory'

function compare(a: StagedRow, b: StagedRow): number {
  if (isFolder(a) !== isFolder(b)) return isFolder(a) ? -1 : 1
  return byName.compare(a.name, b.name) || (a.name < b.name ? -1 : 1)
}

/** The rows of these folders, each sorted with folders first; folders that are no longer there are left out. */
export async function fetchRows(folders: Iterable<string>): Promise<Map<string, readonly StagedRow[]>> {
  const fetched = await Promise.all(
    [...folders].map(async (path) => {
      const reply = await window.isomer.staging.rows({ path })
      return reply.ok ? ([path, [...reply.value].sort(compare)] as const) : undefined
    }),
  )
  return new Map(fetched.filter((entry) => entry !== undefined))
}

/** The paths after `from` became `to`, whatever lies below it included. */
export function repath(paths: Iterable<string>, from: string, to: string): Set<string> {
  return new Set([...paths].map((path) => (path !== ROOT_PATH && isWithin(path, from) ? `${to}${path.slice(from.length)}` : path)))
}

export function joinPath(folder: string, name: string): string {
  return folder === ROOT_PATH ? `/${name}` : `${folder}/${name}`
}

/** `New folder`, or with the first number that no sibling has. */
export function freeName(wanted: string, siblings: readonly StagedRow[]): string {
  const taken = new Set(siblings.map((row) => row.name.toLocaleLowerCase()))
  let name = wanted
  for (let number = 2; taken.has(name.toLocaleLowerCase()); number++) name = `${wanted} ${number}`
  return name
}
