import { basename } from 'node:path'
import { Problem } from '../../shared/problem.ts'
import { openPlace } from '../setup/open-place.ts'
import type { Services } from '../state/services.ts'
import type { GroupHandlers } from './asker.ts'

export function mountsHandlers({ mounts, sources }: Services): GroupHandlers<'mounts'> {
  return {
    list: () => mounts.look(),
    mount: async ({ token }) => {
      const imagePath = sources.path(token)
      const { row, wasMounted } = await mounts.mount(imagePath, { token, name: basename(imagePath) })
      return { row, wasMounted }
    },
    giveUp: ({ token }) => {
      mounts.giveUp(token)
      return null
    },
    unmount: async ({ mountId }) => {
      await mounts.unmount(mountId)
      return null
    },
    unmountAll: async () => {
      await mounts.unmountAll()
      return null
    },
    open: async ({ mountId }) => {
      await openPlace(mounts.mountOf(mountId).mountPoint)
      return null
    },
    image: async ({ mountId }) => {
      const { imagePath } = mounts.mountOf(mountId)
      const [source] = imagePath === null ? [] : await sources.admit([imagePath])
      if (source !== undefined) return source
      throw new Problem({ kind: 'usage', code: 'image-unknown', message: 'The system does not tell which image is mounted there.' })
    },
  }
}
