/** The shell, as a list of what is set up. Nothing may be awaited before Electron is ready: the scheme must be known by then. */
import { app, BrowserWindow } from 'electron'
import { setupHandlers } from './ipc/handlers.ts'
import { afterWindow } from './setup/after-window.ts'
import { Arrivals } from './setup/arrivals.ts'
import { setupAttention } from './setup/attention.ts'
import { mountOnDoubleClick } from './setup/double-click.ts'
import { setupLeftOvers } from './setup/left-overs.ts'
import { setupMenu } from './setup/menu.ts'
import { setupNavigation } from './setup/navigation.ts'
import { setupPermissions } from './setup/permissions.ts'
import { setupPower } from './setup/power.ts'
import { setupAppProtocol, setupAppScheme } from './setup/protocol.ts'
import { setupQuit } from './setup/quit.ts'
import { setupRequestFirewall } from './setup/request-firewall.ts'
import { setupSandbox } from './setup/sandbox.ts'
import { setupSecondLook } from './setup/second-look.ts'
import { setupSingleInstance } from './setup/single-instance.ts'
import { speakAs } from './setup/speech.ts'
import { setupTheme } from './setup/theme.ts'
import { setupTray } from './setup/tray.ts'
import { setupUpdates } from './setup/updates.ts'
import { setupUserData } from './setup/user-data.ts'
import { openWindow } from './setup/window.ts'
import { createServices } from './state/services.ts'

async function start(arrivals: Arrivals): Promise<void> {
  const services = createServices()
  await speakAs(services.settings)
  setupTheme(services.settings)
  setupLeftOvers()
  setupPermissions()
  setupAppProtocol()
  setupMenu()
  setupHandlers(services)
  setupPower(services.jobs)
  setupAttention(services.jobs)
  setupSecondLook(services.jobs, services.settings)
  setupQuit(services)
  setupTray(services.mounts)
  arrivals.offerTo(mountOnDoubleClick(services))

  const open = () => {
    const window = openWindow(services.settings)
    arrivals.deliverTo(window, services.sources)
    afterWindow(window, () => services.images.prepare())
    return window
  }
  setupUpdates(open(), services.updates)
  app.on('activate', () => BrowserWindow.getAllWindows().length === 0 && open())
}

setupUserData()
setupAppScheme()
setupNavigation()
setupRequestFirewall()
const arrivals = new Arrivals()
if (setupSandbox() && setupSingleInstance(arrivals)) {
  app.on('window-all-closed', () => process.platform === 'darwin' || app.quit())
  void app.whenReady().then(() => start(arrivals))
} else app.quit()
