/** Converting the image that is shown. */
import type { ConvertOffer } from '../../../shared/convert.ts'
import { answerOf, useNotices } from '../../stores/notices.ts'

/** Asks where to write, and starts; what would be lost was told and accepted. */
export async function startConverting(imageId: string, { format, sizeBytes }: ConvertOffer, onStarted: () => void): Promise<void> {
  const target = await answerOf(window.isomer.convert.pickTarget({ imageId, format, sizeBytes }))
  if (!target) return
  if (target.problem) {
    useNotices.getState().show(target.problem)
    return
  }
  if (await answerOf(window.isomer.convert.start({ imageId, format, target: target.token }))) onStarted()
}
