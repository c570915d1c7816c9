import { app, Menu, type MenuItemConstructorOptions } from 'electron'
import type { MenuCommand } from '../../shared/ipc.ts'
import type { MessageKey } from '../../shared/words/english.ts'
import { tell } from '../ipc/tell.ts'
import { onSpoken, say } from './speech.ts'

type Item = MenuItemConstructorOptions

const isMac = process.platform === 'darwin'
const separator: Item = { type: 'separator' }

/** An item that the window carries out. */
const command = (id: MenuCommand, accelerator?: string): Item => ({
  label: say(`shell.menu.${id}`),
  id,
  ...(accelerator === undefined ? {} : { accelerator }),
  click: () => tell('app', 'command', id),
})

/** An item that Electron carries out, which would name it in English. */
const role = (name: NonNullable<Item['role']>, key: MessageKey): Item => ({ role: name, label: say(key) })

const fileMenu = (): Item => ({
  label: say('shell.menu.file'),
  submenu: [
    command('new-image', 'CmdOrCtrl+N'),
    command('open-image', 'CmdOrCtrl+O'),
    separator,
    command('open-project'),
    command('save-project', 'CmdOrCtrl+S'),
    command('save-project-as', 'CmdOrCtrl+Shift+S'),
    separator,
    command('add-files', 'CmdOrCtrl+Shift+A'),
    command('add-folder', 'CmdOrCtrl+Shift+O'),
    command('new-folder', 'CmdOrCtrl+Shift+N'),
    separator,
    command('make-image', 'CmdOrCtrl+Return'),
    { ...command('save-edit', 'CmdOrCtrl+S'), registerAccelerator: false },
    separator,
    isMac ? role('close', 'shell.menu.close-window') : role('quit', 'shell.menu.quit'),
  ],
})

const editMenu = (): Item => ({
  label: say('shell.menu.edit'),
  submenu: [
    command('undo', 'CmdOrCtrl+Z'),
    command('redo', 'CmdOrCtrl+Shift+Z'),
    separator,
    role('cut', 'shell.menu.cut'),
    role('copy', 'shell.menu.copy'),
    role('paste', 'shell.menu.paste'),
    role('selectAll', 'shell.menu.select-all'),
    separator,
    command('settings', 'CmdOrCtrl+,'),
  ],
})

const developing: Item[] = [separator, { role: 'reload' }, { role: 'toggleDevTools' }]

const viewMenu = (): Item => ({
  label: say('shell.menu.view'),
  submenu: [
    command('home', 'CmdOrCtrl+1'),
    command('images', 'CmdOrCtrl+I'),
    command('mounts', 'CmdOrCtrl+2'),
    command('verify', 'CmdOrCtrl+3'),
    command('jobs', 'CmdOrCtrl+J'),
    command('palette', 'CmdOrCtrl+K'),
    separator,
    role('resetZoom', 'shell.menu.reset-zoom'),
    role('zoomIn', 'shell.menu.zoom-in'),
    role('zoomOut', 'shell.menu.zoom-out'),
    separator,
    role('togglefullscreen', 'shell.menu.full-screen'),
    ...(app.isPackaged ? [] : developing),
  ],
})

const driveMenu = (): Item => ({
  label: say('shell.menu.drive'),
  submenu: [command('drives', 'CmdOrCtrl+D'), separator, command('burn', 'CmdOrCtrl+B'), command('flash', 'CmdOrCtrl+U')],
})

const windowMenu = (): Item => ({
  ...role('windowMenu', 'shell.menu.window'),
  submenu: [
    role('minimize', 'shell.menu.minimize'),
    role('zoom', 'shell.menu.zoom'),
    ...(isMac ? [] : [role('close', 'shell.menu.close')]),
  ],
})

const helpMenu = (): Item => ({ label: say('shell.menu.help'), role: 'help', submenu: [role('about', 'shell.menu.about')] })

/** The first menu of a Mac. */
const appMenu = (): Item => ({
  role: 'appMenu',
  submenu: [
    role('about', 'shell.menu.about'),
    separator,
    role('services', 'shell.menu.services'),
    separator,
    role('hide', 'shell.menu.hide'),
    role('hideOthers', 'shell.menu.hide-others'),
    role('unhide', 'shell.menu.show-all'),
    separator,
    role('quit', 'shell.menu.quit-isomer'),
  ],
})

export function setupMenu(): void {
  const build = () => {
    app.setAboutPanelOptions({ applicationName: 'Isomer', applicationVersion: ISOMER_VERSION, copyright: say('shell.authors') })
    const menus = [...(isMac ? [appMenu()] : []), fileMenu(), editMenu(), viewMenu(), driveMenu(), windowMenu(), helpMenu()]
    Menu.setApplicationMenu(Menu.buildFromTemplate(menus))
  }
  onSpoken(build)
  build()
}
