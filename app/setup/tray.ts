/** While images are mounted: a sign in the system's tray, with a menu to open and eject them. */
import { app, Menu, type MenuItemConstructorOptions, nativeImage, Tray } from 'electron'
import { Problem, problemText } from '../../shared/problem.ts'
import icon from '../icons/32x32.png?inline'
import type { MountKeeper } from '../state/mount-keeper.ts'
import { openPlace } from './open-place.ts'
import { onSpoken, say } from './speech.ts'
import { showWindow } from './window.ts'

/** Other programs mount and eject too; the table is small and looking costs little. */
const LOOK_EVERY_MS = 4000

export function setupTray(mounts: MountKeeper): void {
  let tray: Tray | null = null
  const show = () => {
    const menu = menuOf(mounts)
    if (menu === null) {
      tray?.destroy()
      tray = null
      return
    }
    tray ??= newTray()
    tray?.setToolTip(say('shell.tray.tip'))
    tray?.setContextMenu(menu)
  }
  mounts.listen(show)
  onSpoken(show)
  keepLooking(mounts)
}

/** Linux' mount table is read in no time; elsewhere a program must be started to know, so only when somebody looks. */
function keepLooking(mounts: MountKeeper): void {
  const look = () => void mounts.look().catch((error) => console.error(String(error)))
  app.on('browser-window-focus', look)
  look()
  if (process.platform !== 'linux') return
  const timer = setInterval(look, LOOK_EVERY_MS)
  app.once('will-quit', () => clearInterval(timer))
}

/** Null where the system has no tray. */
function newTray(): Tray | null {
  try {
    const tray = new Tray(nativeImage.createFromDataURL(icon))
    tray.on('click', () => showWindow())
    return tray
  } catch (error) {
    console.error(`no tray: ${String(error)}`)
    return null
  }
}

/** Null when Isomer has mounted nothing. */
function menuOf(mounts: MountKeeper): Menu | null {
  const own = mounts.known.filter(({ mount }) => mount.madeByIsomer)
  if (own.length === 0) return null
  const report = (thrown: unknown) => console.error(thrown instanceof Problem ? problemText(thrown.report) : String(thrown))
  const items = own.map(
    ({ mountId, mount }): MenuItemConstructorOptions => ({
      label: mount.mountPoint,
      submenu: [
        { label: say('shell.tray.open'), click: () => void openPlace(mount.mountPoint).catch(report) },
        { label: say('shell.tray.eject'), click: () => void mounts.unmount(mountId).catch(report) },
      ],
    }),
  )
  return Menu.buildFromTemplate([
    ...items,
    { type: 'separator' },
    { label: say('shell.tray.eject-all'), click: () => void mounts.unmountAll().catch(report) },
    { label: say('shell.tray.show'), click: () => void showWindow() },
  ])
}
