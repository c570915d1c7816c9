/** Choosing an image to mount. */
import { useMounts } from '../../stores/mounts.ts'
import { answerOf, useNotices } from '../../stores/notices.ts'

/** Shows the system's dialog and mounts what was chosen. */
export async function pickToMount(): Promise<void> {
  const sources = await answerOf(window.isomer.sources.pick({ what: 'files' }))
  for (const { token, kind, name } of sources ?? []) {
    if (kind === 'image') await useMounts.getState().mount(token)
    else
      useNotices.getState().show({
        kind: 'usage',
        code: 'not-an-image',
        message: `“${name}” is no disc image, so it can’t be mounted.`,
        kept: 'Nothing was mounted.',
      })
  }
}
