/** What is rarely done with a whole image. */
import type { ImageSession } from '../../stores/browse-session.ts'
import { answerOf } from '../../stores/notices.ts'
import { usePlaces } from '../../stores/places.ts'
import { addSources } from '../../stores/staging.ts'

export type HeaderAction = 'stage' | 'reveal'

export async function openInHeaderMenu(action: HeaderAction, { image }: ImageSession): Promise<void> {
  switch (action) {
    case 'stage':
      usePlaces.getState().go('create')
      return addSources([image.token], '/')
    case 'reveal':
      await answerOf(window.isomer.browse.reveal({ imageId: image.imageId }))
  }
}
