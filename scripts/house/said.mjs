/** What a source file says to people: which messages it asks for, and which words it has of its own. */
import { parseSync } from 'vite'
import { lineOf } from './modules.mjs'

const SAYING = new Set(['say', 'sayNodes'])
/** Attributes and members whose text is shown or read out. */
const SHOWN = new Set(['alt', 'aria-label', 'detail', 'hint', 'label', 'message', 'placeholder', 'reads', 'title', 'words'])
const HAS_WORD = /\p{L}{2}/u

const isFunction = (node) => /^(?:Arrow)?Function(?:Expression|Declaration)?/.test(node.type)

function walk(node, visit, isInFunction = false) {
  if (Array.isArray(node)) for (const child of node) walk(child, visit, isInFunction)
  if (Array.isArray(node) || node === null || typeof node !== 'object') return
  if (typeof node.type === 'string') visit(node, isInFunction)
  const inside = isInFunction || (typeof node.type === 'string' && (isFunction(node) || node.type === 'MethodDefinition'))
  for (const value of Object.values(node)) if (value !== null && typeof value === 'object') walk(value, visit, inside)
}

/** Every text that an expression may come to, as `{ node, text }`; of a template what stands around its values. */
function textsOf(node) {
  switch (node?.type) {
    case 'Literal':
      return typeof node.value === 'string' ? [{ node, text: node.value }] : []
    case 'TemplateLiteral':
      return [{ node, text: node.quasis.map(({ value }) => value.cooked).join(' ') }]
    case 'ConditionalExpression':
      return [...textsOf(node.consequent), ...textsOf(node.alternate)]
    case 'LogicalExpression':
      return [...(node.operator === '&&' ? [] : textsOf(node.left)), ...textsOf(node.right)]
    case 'BinaryExpression':
      return node.operator === '+' ? [...textsOf(node.left), ...textsOf(node.right)] : []
    case 'JSXExpressionContainer':
      return textsOf(node.expression)
    default:
      return []
  }
}

function shownTexts(node) {
  if (node.type === 'JSXText') return [{ node, text: node.value }]
  if (node.type === 'JSXElement' || node.type === 'JSXFragment')
    return node.children.flatMap((child) => (child.type === 'JSXExpressionContainer' ? textsOf(child) : []))
  if (node.type === 'JSXAttribute' && SHOWN.has(node.name.name)) return textsOf(node.value)
  if (node.type === 'Property' && SHOWN.has(node.key.name ?? node.key.value)) return textsOf(node.value)
  return []
}

/** A key that is put together becomes a pattern: `create.preset.${name}.title`. */
function keysOf(node) {
  if (node?.type === 'Literal') return [node.value]
  if (node?.type === 'ConditionalExpression') return [...keysOf(node.consequent), ...keysOf(node.alternate)]
  if (node?.type !== 'TemplateLiteral') return []
  const parts = node.quasis.map(({ value }) => value.cooked.replaceAll(/[.\\+*?[^\]$(){}|]/g, '\\$&'))
  return [new RegExp(`^${parts.join('.+')}$`)]
}

const valueNames = (node) =>
  node?.type === 'ObjectExpression' && node.properties.every(({ type }) => type === 'Property')
    ? node.properties.map(({ key }) => key.name ?? key.value)
    : null

/**
 * Gives `{ keys, calls, early, bare }`: the keys it names anywhere (texts, and patterns for those that are put together),
 * its calls of `say` as `{ line, keys, values }` (null where they can't be told), the lines that speak while the module is
 * loaded, and its own words as `{ line, text }`.
 */
export function readSaid(path, text) {
  const found = { keys: [], calls: [], early: [], bare: [] }
  const { program } = parseSync(path, text)
  walk(program, (node, isInFunction) => {
    if (node.type === 'Literal' && /^[a-z]+\.[a-z0-9.-]+$/.test(node.value)) found.keys.push(node.value)
    if (node.type === 'TemplateLiteral' && /^[a-z]+\.[a-z0-9.-]*$/.test(node.quasis[0].value.cooked)) found.keys.push(...keysOf(node))
    if (node.type === 'CallExpression' && SAYING.has(node.callee.name)) {
      const line = lineOf(text, node.start)
      if (!isInFunction) found.early.push(line)
      found.calls.push({ line, keys: keysOf(node.arguments[0]), values: node.arguments.length < 2 ? [] : valueNames(node.arguments[1]) })
    }
    for (const shown of shownTexts(node))
      if (HAS_WORD.test(shown.text)) found.bare.push({ line: lineOf(text, shown.node.start), text: shown.text.trim() })
  })
  return found
}
