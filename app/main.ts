import { app, BrowserWindow } from 'electron'
import { EngineHost } from './engine-host.ts'
import { registerIpc } from './ipc.ts'
import { installMenu } from './menu.ts'
import { handleAppProtocol, registerAppScheme } from './protocol.ts'
import { createMainWindow, hardenWebContents } from './windows.ts'

registerAppScheme() // must precede `ready`; no top-level await may come before it
if (process.env['ISOMER_USER_DATA']) app.setPath('userData', process.env['ISOMER_USER_DATA'])

if (!app.requestSingleInstanceLock()) app.quit()
else {
  hardenWebContents()
  const engine = new EngineHost()
  app.on('second-instance', () => BrowserWindow.getAllWindows()[0]?.focus())
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  app.on('will-quit', () => engine.stop())
  void app.whenReady().then(() => {
    handleAppProtocol()
    installMenu()
    registerIpc(engine)
    createMainWindow()
    app.on('activate', () => {
      if (BrowserWindow.getAllWindows().length === 0) createMainWindow()
    })
  })
}
