import { app, Menu, type MenuItemConstructorOptions } from 'electron'
import type { MenuCommand } from '../../shared/ipc.ts'
import { tell } from '../ipc/tell.ts'

type Item = MenuItemConstructorOptions

const isMac = process.platform === 'darwin'
const separator: Item = { type: 'separator' }

/** An item that the window carries out. */
const command = (label: string, id: MenuCommand, accelerator?: string): Item => ({
  label,
  id,
  ...(accelerator === undefined ? {} : { accelerator }),
  click: () => tell('app', 'command', id),
})

const fileMenu: Item = {
  label: '&File',
  submenu: [
    command('New Image', 'new-image', 'CmdOrCtrl+N'),
    command('Open Image…', 'open-image', 'CmdOrCtrl+O'),
    separator,
    command('Open Project…', 'open-project'),
    command('Save Project', 'save-project', 'CmdOrCtrl+S'),
    command('Save Project As…', 'save-project-as', 'CmdOrCtrl+Shift+S'),
    separator,
    command('Add Files…', 'add-files', 'CmdOrCtrl+Shift+A'),
    command('Add Folder…', 'add-folder', 'CmdOrCtrl+Shift+O'),
    command('New Folder', 'new-folder', 'CmdOrCtrl+Shift+N'),
    separator,
    command('Make Image…', 'make-image', 'CmdOrCtrl+Return'),
    { ...command('Save Edited Image…', 'save-edit', 'CmdOrCtrl+S'), registerAccelerator: false },
    separator,
    isMac ? { role: 'close' } : { role: 'quit' },
  ],
}

const editMenu: Item = {
  label: '&Edit',
  submenu: [
    command('Undo', 'undo', 'CmdOrCtrl+Z'),
    command('Redo', 'redo', 'CmdOrCtrl+Shift+Z'),
    separator,
    { role: 'cut' },
    { role: 'copy' },
    { role: 'paste' },
    { role: 'selectAll' },
    separator,
    command('Settings…', 'settings', 'CmdOrCtrl+,'),
  ],
}

const developing: Item[] = [separator, { role: 'reload' }, { role: 'toggleDevTools' }]

const viewMenu = (): Item => ({
  label: '&View',
  submenu: [
    command('Home', 'home', 'CmdOrCtrl+1'),
    command('Images', 'images', 'CmdOrCtrl+I'),
    command('Mounted Images', 'mounts', 'CmdOrCtrl+2'),
    command('Verify', 'verify', 'CmdOrCtrl+3'),
    command('Jobs', 'jobs', 'CmdOrCtrl+J'),
    command('Command Palette…', 'palette', 'CmdOrCtrl+K'),
    separator,
    { role: 'resetZoom', label: 'Actual Size' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    separator,
    { role: 'togglefullscreen' },
    ...(app.isPackaged ? [] : developing),
  ],
})

const driveMenu: Item = {
  label: '&Drive',
  submenu: [
    command('Drives', 'drives', 'CmdOrCtrl+D'),
    separator,
    command('Burn to a Disc…', 'burn', 'CmdOrCtrl+B'),
    command('Write an Image to a USB Stick…', 'flash', 'CmdOrCtrl+U'),
  ],
}

const helpMenu: Item = { label: '&Help', role: 'help', submenu: [{ role: 'about', label: 'About Isomer' }] }

export function setupMenu(): void {
  app.setAboutPanelOptions({ applicationName: 'Isomer', applicationVersion: ISOMER_VERSION, copyright: 'The Isomer authors' })
  const appMenu: Item[] = isMac ? [{ role: 'appMenu' }] : []
  Menu.setApplicationMenu(Menu.buildFromTemplate([...appMenu, fileMenu, editMenu, viewMenu(), driveMenu, { role: 'windowMenu' }, helpMenu]))
}
