/**
 * Stands in for Electron's own default app in the runtime from the registry. It must be an ES module with a top-level
 * await: Electron then holds `ready` back until the app's code is loaded; a CommonJS one that calls import() loses that race.
 */
import fs from 'node:fs'
import { createRequire, Module } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { app } from 'electron'

const require = createRequire(import.meta.url)

/** Runs `-r MODULE`s and gives the app's path, leaving in process.argv what comes after it. */
function takeAppPath() {
  const args = process.argv.slice(1)
  for (let i = 0; i < args.length; i++) {
    if (args[i] === '-r' || args[i] === '--require') require(path.resolve(args[++i]))
    else if (!args[i].startsWith('-')) {
      process.argv.splice(1, i + 1, args[i])
      return path.resolve(args[i])
    }
  }
  return undefined
}

async function load(appPath) {
  const manifestPath = path.join(appPath, 'package.json')
  let main = appPath
  if (fs.existsSync(manifestPath)) {
    const manifest = JSON.parse(fs.readFileSync(manifestPath, 'utf8'))
    if (manifest.version) app.setVersion(manifest.version)
    if (manifest.desktopName) app.setDesktopName(manifest.desktopName)
    app.name = manifest.productName || manifest.name || app.name
    app.setAppPath(appPath)
    main = path.resolve(appPath, manifest.main || 'index.js')
  } else app.setAppPath(path.dirname(appPath))
  await import(pathToFileURL(Module._resolveFilename(main, null, true)).href)
}

const appPath = takeAppPath()
if (!appPath) {
  console.error('usage: electron APP')
  app.exit(2)
} else {
  try {
    await load(appPath)
  } catch (error) {
    console.error(error)
    app.exit(1)
  }
}
