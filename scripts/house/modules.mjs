/** What the house rules need to know of a source file: its imports, default exports, empty catches and raw IPC names. */
import { parseSync } from 'vite'

const PARSED = /\.(?:ts|tsx|mjs|js)$/

export function lineOf(text, offset) {
  return text.slice(0, offset).split('\n').length
}

/** Calls `visit` for every node of a syntax tree. */
function walk(node, visit) {
  if (Array.isArray(node)) {
    for (const child of node) walk(child, visit)
    return
  }
  if (node === null || typeof node !== 'object') return
  if (typeof node.type === 'string') visit(node)
  for (const value of Object.values(node)) if (value !== null && typeof value === 'object') walk(value, visit)
}

const isEmptyFunction = (node) =>
  (node?.type === 'ArrowFunctionExpression' || node?.type === 'FunctionExpression') &&
  node.body?.type === 'BlockStatement' &&
  node.body.body.length === 0

/** `catch {}` and `.catch(() => {})`: gives the range in which a comment would explain it. */
function swallowedError(node) {
  if (node.type === 'CatchClause' && node.body.body.length === 0) return node.body
  if (node.type !== 'CallExpression' || node.callee?.property?.name !== 'catch') return undefined
  return isEmptyFunction(node.arguments[0]) ? node.arguments[0] : undefined
}

function importedName(node) {
  if (node.type === 'ImportDeclaration' || node.type === 'ExportAllDeclaration' || node.type === 'ExportNamedDeclaration')
    return node.source?.value
  if (node.type === 'ImportExpression' && node.source.type === 'Literal') return node.source.value
  if (node.type === 'TSImportType') return (node.source ?? node.argument?.literal ?? node.argument)?.value
  if (node.type === 'CallExpression' && node.callee.name === 'require' && node.arguments[0]?.type === 'Literal')
    return node.arguments[0].value
  return undefined
}

/**
 * Gives `{ imports, defaultExports, emptyCatches, rawIpc, parseError }`; imports are `{ specifier, line }`, the others lines.
 * A file that is no script has none of them.
 */
export function readModule(path, text) {
  const found = { imports: [], defaultExports: [], emptyCatches: [], rawIpc: [], parseError: undefined }
  if (!PARSED.test(path)) return found
  const { program, comments, errors } = parseSync(path, text)
  if (errors.length > 0) return { ...found, parseError: errors[0].message }
  const lines = text.split('\n')
  const isExplained = ({ start, end }) => {
    const line = lineOf(text, start)
    const commentLines = comments.map((comment) => lineOf(text, comment.end))
    return (
      comments.some((comment) => comment.start >= start && comment.end <= end) ||
      commentLines.some((at) => at === line || (at === line - 1 && /^\s*(?:\/\/|\*|\/\*)/.test(lines[at - 1])))
    )
  }
  walk(program, (node) => {
    const specifier = importedName(node)
    if (typeof specifier === 'string') found.imports.push({ specifier, line: lineOf(text, node.start) })
    if (node.type === 'ExportDefaultDeclaration') found.defaultExports.push(lineOf(text, node.start))
    if (node.type === 'Identifier' && (node.name === 'ipcMain' || node.name === 'ipcRenderer')) found.rawIpc.push(lineOf(text, node.start))
    const swallowed = swallowedError(node)
    if (swallowed && !isExplained(swallowed)) found.emptyCatches.push(lineOf(text, node.start))
  })
  return found
}
