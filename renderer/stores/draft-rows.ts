/** Fetching the rows of an edited image's folders. */
import type { DraftRow } from '../../shared/edit-draft.ts'

/** A page of this many crosses to the window within a frame. */
const PAGE_ROWS = 1_000

/** The rows of a folder; null when it is not there. */
export async function fetchDraftRows(imageId: string, path: string): Promise<readonly DraftRow[] | null> {
  const rows: DraftRow[] = []
  for (;;) {
    const reply = await window.isomer.edit.rows({ imageId, path, range: [rows.length, rows.length + PAGE_ROWS] })
    if (!reply.ok || !reply.value.isThere) return null
    rows.push(...reply.value.rows)
    if (rows.length >= reply.value.count || reply.value.rows.length === 0) return rows
  }
}

/** Path of the folder that an entry is in. */
export const parentFolder = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/'
