/** The house rules as a pure function over sources: which room may import which, and what no file may hold. */
import { builtinModules } from 'node:module'
import { posix } from 'node:path'
import { findCircles } from './circles.mjs'
import { readModule } from './modules.mjs'

/** Rooms of main/, lowest first. A room imports rooms of lower floors only, and not its neighbours on the same floor. */
const floors = [
  ['bytes'],
  ['output'],
  ['iso9660', 'udf', 'boot', 'containers'],
  ['image'],
  ['verify', 'drives', 'mounts'],
  ['jobs'],
  ['cli'],
]
const floorOf = new Map(floors.flatMap((rooms, floor) => rooms.map((room) => [room, floor])))

const houseFolders = new Set(['app', 'main', 'shared', 'renderer'])
const childProcessRooms = new Set(['main/drives', 'main/mounts', 'main/jobs'])
const bannedNames = new Set(['utils', 'util', 'helpers', 'helper', 'misc', 'common'])
const MAX_LINES = 500

const top = (path) => path.split('/', 1)[0]
const room = (path) => (top(path) === 'main' ? path.split('/').slice(0, 2).join('/') : top(path))
const isTest = (path) => /\.test\.\w+$/.test(path) || /\/(?:testing|fixtures)\//.test(path)
const isDeclaration = (path) => path.endsWith('.d.ts')
const isGenerated = (path) => /[./]generated[./]/.test(path)
const isNodeModule = (specifier) => specifier.startsWith('node:') || builtinModules.includes(specifier)
const isChildProcess = (specifier) => /^(?:node:)?child_process$/.test(specifier)

/** Resolves a relative import to a path in the project, with any query (`?worker`) cut off; undefined for packages. */
function resolveImport(path, specifier) {
  return specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier.replace(/\?.*$/, '')) : undefined
}

function outsideImport(path, specifier) {
  const from = top(path)
  if ((specifier === 'electron' || specifier.startsWith('electron/')) && from !== 'app' && from !== 'e2e' && from !== 'scripts')
    return "only app/ imports 'electron'"
  if (from === 'renderer' && isNodeModule(specifier) && !isTest(path)) return 'renderer/ runs in a page: no Node modules'
  if (from === 'shared' && isNodeModule(specifier) && !isTest(path)) return 'shared/ runs on both sides: no Node modules'
  if (isChildProcess(specifier) && houseFolders.has(from) && !isTest(path) && !childProcessRooms.has(room(path)))
    return `child processes are started only in ${[...childProcessRooms].join(', ')}`
  return undefined
}

const mayImport = new Map([
  ['app', ['app', 'main', 'shared']],
  ['main', ['main', 'shared']],
  ['shared', ['shared']],
  ['renderer', ['renderer', 'shared']],
])

function floorImport(path, target) {
  const [from, to] = [path.split('/')[1], target.split('/')[1]]
  if (from === to || isTest(path)) return undefined
  const [fromFloor, toFloor] = [floorOf.get(from), floorOf.get(to)]
  if (fromFloor === undefined || toFloor === undefined || toFloor < fromFloor) return undefined
  return `main/${from} imports main/${to}, which is ${toFloor === fromFloor ? 'its neighbour' : 'above it'}`
}

function insideImport(path, target) {
  const allowed = mayImport.get(top(path))
  if (!allowed) return undefined
  if (!allowed.includes(top(target))) return `${top(path)}/ imports nothing from ${top(target)}/`
  if (isTest(target) && !isTest(path)) return `${target} is test code`
  return top(path) === 'main' && top(target) === 'main' ? floorImport(path, target) : undefined
}

function placeRules(path, text) {
  const found = []
  const name = posix.basename(path).replace(/\..*$/, '')
  if (bannedNames.has(name)) found.push({ path, line: 1, message: `“${name}” says nothing about what is in the file` })
  if (top(path) === 'main' && !isTest(path) && !floorOf.has(path.split('/')[1]))
    found.push({ path, line: 1, message: `not in a room of main/: ${[...floorOf.keys()].join(', ')}` })
  const lineCount = text.replace(/\n$/, '').split('\n').length
  if (lineCount > MAX_LINES && !isTest(path) && !isGenerated(path))
    found.push({ path, line: MAX_LINES, message: `${lineCount} lines: split past ${MAX_LINES}` })
  return found
}

function contentRules(path, module) {
  const found = []
  const add = (lines, message) => found.push(...lines.map((line) => ({ path, line, message })))
  if (module.parseError) add([1], `cannot be parsed: ${module.parseError}`)
  if (houseFolders.has(top(path)) && !isDeclaration(path)) add(module.defaultExports, 'default export: name it')
  if (houseFolders.has(top(path)) && path !== 'app/preload.ts' && !path.startsWith('app/ipc/'))
    add([...new Set(module.rawIpc)], 'raw ipcMain and ipcRenderer belong in app/ipc/ and app/preload.ts')
  add(module.emptyCatches, 'an error is swallowed without a comment that says why')
  return found
}

function importRules(path, module) {
  return module.imports.flatMap(({ specifier, line }) => {
    const target = resolveImport(path, specifier)
    const message = target === undefined ? outsideImport(path, specifier) : insideImport(path, target)
    return message ? [{ path, line, message: `'${specifier}': ${message}` }] : []
  })
}

/**
 * Checks sources against the house rules and gives the violations, `{ path, line, message }`.
 * @param sources a Map of path (from the project's root, with forward slashes) to text
 */
export function checkSources(sources) {
  const graph = new Map()
  const violations = [...sources].flatMap(([path, text]) => {
    const module = readModule(path, text)
    const targets = module.imports.map(({ specifier }) => resolveImport(path, specifier))
    graph.set(path, [...new Set(targets.filter((target) => sources.has(target)))])
    return [...placeRules(path, text), ...contentRules(path, module), ...importRules(path, module)]
  })
  for (const circle of findCircles(graph))
    violations.push({ path: circle[0], line: 1, message: `import circle: ${[...circle, circle[0]].join(' → ')}` })
  return violations
}
