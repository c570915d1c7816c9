/** The licences of what is shipped besides Electron's own, which brings its files along: every npm package that is bundled. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

const LICENCE_FILE = /^(?:licen[cs]e|copying|notice)(?:[.-]|$)/i

/** Production packages of the lock file by name, in the order of the alphabet. */
export async function shippedPackages(root) {
  const { packages } = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8'))
  return Object.entries(packages)
    .filter(([path, { dev, devOptional, optional }]) => path !== '' && !dev && !devOptional && !optional)
    .map(([path, { version }]) => ({ path, name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length), version }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

async function licenceTexts(folder) {
  const names = (await readdir(folder)).filter((name) => LICENCE_FILE.test(name)).sort()
  return Promise.all(names.map(async (name) => (await readFile(join(folder, name), 'utf8')).trim()))
}

async function section(root, { path, name, version }) {
  const folder = join(root, path)
  const { license, author } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
  const by = typeof author === 'string' ? author : author?.name
  const texts = await licenceTexts(folder)
  const head = `${name} ${version}: ${license ?? 'see below'}${by ? `, by ${by}` : ''}`
  return [head, '-'.repeat(Math.min(head.length, 100)), ...texts].join('\n\n')
}

/** The text of the file that goes into every package. */
export async function thirdPartyText(root) {
  const packages = await shippedPackages(root)
  const sections = await Promise.all(packages.map((shipped) => section(root, shipped)))
  const head =
    'Isomer is under the MIT licence (LICENSE). It contains Electron, which contains Chromium and Node.js: their licences are in LICENSE.electron.txt and LICENSES.chromium.html. It also contains these packages:'
  return `${[head, ...sections].join('\n\n\n')}\n`
}
