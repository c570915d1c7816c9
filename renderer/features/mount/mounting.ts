/** Choosing an image to mount. */
import { useMounts } from '../../stores/mounts.ts'
import { answerOf, useNotices } from '../../stores/notices.ts'
import { say } from '../../words/say.ts'

/** Shows the system's dialog and mounts what was chosen. */
export async function pickToMount(): Promise<void> {
  const sources = await answerOf(window.isomer.sources.pick({ what: 'files' }))
  for (const { token, kind, name } of sources ?? []) {
    if (kind === 'image') await useMounts.getState().mount(token)
    else
      useNotices.getState().show({
        kind: 'usage',
        code: 'not-an-image',
        message: say('mounts.no-image', { name }),
        kept: say('mounts.no-image.kept'),
      })
  }
}
