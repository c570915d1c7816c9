/** Taking files out of the image that is shown. */
import type { RowRange } from '../../../shared/browse.ts'
import type { ImageSession } from '../../stores/browse-session.ts'
import { answerOf } from '../../stores/notices.ts'
import { useImageSheets } from './image-sheets.ts'

type Taken = 'nothing' | 'replace' | 'new-folder'

/** The selected rows as main is told of them; null when nothing is selected. */
export function chosenRows(session: ImageSession): { listingId: number; ranges: [number, number][] } | null {
  const { listing, selection } = session.store.getState()
  if (listing === null || selection.ranges.length === 0) return null
  return { listingId: listing.listingId, ranges: selection.ranges.map(([from, to]: RowRange): [number, number] => [from, to]) }
}

/** Asks for a folder and starts; when names are in the way, asks once what to do with them. */
export async function extract(session: ImageSession, what: 'everything' | 'selected'): Promise<void> {
  const chosen = what === 'everything' ? null : chosenRows(session)
  if (what === 'selected' && chosen === null) return
  const { view } = session.store.getState()
  const target = await answerOf(window.isomer.browse.pickExtractTarget({ imageId: session.image.imageId, view, chosen }))
  if (!target) return
  if (target.takenCount > 0) useImageSheets.getState().ask(target)
  else await startExtraction(target.token, 'nothing')
}

export async function startExtraction(target: string, taken: Taken): Promise<void> {
  useImageSheets.getState().ask(null)
  await answerOf(window.isomer.browse.extract({ target, taken }))
}

/** Lets the selected rows be dragged to another program. */
export async function dragOut(session: ImageSession): Promise<void> {
  const chosen = chosenRows(session)
  if (chosen) await answerOf(window.isomer.browse.dragOut({ imageId: session.image.imageId, chosen }))
}
