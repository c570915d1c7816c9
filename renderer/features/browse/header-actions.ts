/** What is rarely done with a whole image. */
import type { ImageSession } from '../../stores/browse-session.ts'
import { answerOf } from '../../stores/notices.ts'
import { usePlaces } from '../../stores/places.ts'
import { addSources } from '../../stores/staging.ts'
import { flashImage } from '../drives/burning.ts'
import { useImageSheets } from './image-sheets.ts'

export type HeaderAction = 'compare' | 'stage' | 'flash' | 'reveal'

export async function openInHeaderMenu(action: HeaderAction, { image }: ImageSession): Promise<void> {
  switch (action) {
    case 'compare':
      return useImageSheets.getState().compare(true)
    case 'stage':
      usePlaces.getState().go('create')
      return addSources([image.token], '/')
    case 'flash':
      return flashImage(image)
    case 'reveal':
      await answerOf(window.isomer.browse.reveal({ imageId: image.imageId }))
  }
}
