/** Choosing images to look into. */

import type { Opening } from '../../stores/browse-images.ts'
import { openImage } from '../../stores/browse-images.ts'
import { answerOf } from '../../stores/notices.ts'
import { usePlaces } from '../../stores/places.ts'

/** Shows the system's dialog and opens what was chosen. */
export async function pickImages(): Promise<void> {
  const sources = await answerOf(window.isomer.browse.pick())
  for (const source of sources ?? []) await lookInto(source)
}

/** Opens an image where it can be looked into. */
export async function lookInto(source: Opening['source']): Promise<void> {
  usePlaces.getState().go('images')
  await openImage(source)
}
