/** An image that was double-clicked in the desktop: it is mounted and its folder opened, unless the settings say otherwise. */
import { Notification } from 'electron'
import type { AdmittedSource } from '../../shared/ipc.ts'
import { Problem } from '../../shared/problem.ts'
import { tell } from '../ipc/tell.ts'
import type { Services } from '../state/services.ts'
import { openPlace } from './open-place.ts'
import { say } from './speech.ts'

export type TakeArrived = (sources: readonly AdmittedSource[]) => Promise<boolean>

/** Gives a function that takes arrived sources over; false leaves them to the window. */
export function mountOnDoubleClick({ mounts, settings, sources }: Services): TakeArrived {
  return async (arrived) => {
    const [only] = arrived
    if (only === undefined || arrived.length > 1 || only.kind !== 'image' || settings.get('doubleClick') !== 'mount') return false
    try {
      const { row, wasMounted, mountPoint } = await mounts.mount(sources.path(only.token), only)
      tell('mounts', 'arrived', { row, wasMounted })
      notify(only.name, mountPoint, () => mounts.unmount(row.mountId))
      await openPlace(mountPoint)
      return true
    } catch (error) {
      if (error instanceof Problem && error.report.kind === 'cancelled') return true
      // What can't be mounted is opened in the window, which says what is the matter with it.
      console.error(String(error))
      return mounts.known.some(({ mount }) => mount.imagePath === sources.path(only.token))
    }
  }
}

function notify(name: string, mountPoint: string, eject: () => Promise<void>): void {
  if (!Notification.isSupported()) return
  const shown = new Notification({
    title: say('shell.notice.mounted', { name }),
    body: say('shell.notice.mounted.detail', { place: mountPoint }),
    actions: [
      { type: 'button', text: say('shell.notice.open') },
      { type: 'button', text: say('shell.notice.eject') },
    ],
  })
  const open = () => void openPlace(mountPoint).catch((error) => console.error(String(error)))
  shown.on('click', open)
  shown.on('action', (_event, index) => (index === 1 ? void eject().catch((error) => console.error(String(error))) : open()))
  shown.show()
}
