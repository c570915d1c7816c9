/**
 * The sentences and parts of sentences that main composes in English and that the window shows: problems, findings,
 * reasons, titles. They are the keys of shared/words/engine/LANGUAGE.json.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync } from 'vite'

/** Nobody is told what these say: they are for programs, logs and ourselves, or spoken from the catalogues of the window. */
const FILES_APART =
  /\.test\.|\.d\.ts$|\/(?:testing|fixtures|cli)\/|\/(?:imapi2?|powershell)[^/]*$|^shared\/(?:words|ipc|project-schema|image-project|track-words|drive-rows)|cdrdao-toc|pass-words|program-names|installed-tools|run-program|xorriso-media|drutil|equal-contents|spinning-disk|guid\.ts$/
const MEMBERS_APART = new Set(['args', 'basis', 'clause', 'code', 'fingerprint', 'keyAt', 'mediaType', 'page', 'technical'])
const VARIABLES_APART = new Set(['GRUB_CD_TEXT', 'INTERNAL_CONNECTIONS', 'ISOLINUX_TEXT', 'RELOCATION_FOLDERS'])
const CALLS_APART =
  /(?:^|\.)(?:#?control\.log|structure|powershell|command|join|split|createHash|update|startsWith|includes|volumeDescriptor|get|has|match|replace|test|startUtilityProcess|expectAt|custom|contents|error|clause|noteDisagreement)$/
const ERRORS_APART = new Set(['Error', 'InternalProblem', 'RangeError', 'RegExp', 'TextDecoder', 'TypeError'])
const IS_TYPE = /^TS(?!(?:As|Satisfies|NonNull)Expression|ParameterProperty|Enum)/
const TWO_WORDS = /\p{Ll}[’']? +\p{L}|\},? \p{Ll}{2}|\p{Ll}{2}:? \{/u
/** Single words that are shown by themselves, or that stand for a value in a sentence. */
const LONE_WORDS = new Set(['Nobody', 'You', 'disc', 'images'])
const NO_SENTENCE =
  /\p{Cc}|^(?:Arch Linux|Linux Mint|Qubes OS)$|^(?:El Torito \d|zisofs ZF$|Inside Macintosh|OSTA |\*UDF )|\$|<\w|^#|^\w+(?:-\w+)+(?: \w+-\w+)*$|[{}]=|^[A-Z ]+ = /u

/** `The image has {0} sessions` for a template with one value. */
function textOf(node) {
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value
  if (node.type !== 'TemplateLiteral') return undefined
  return node.quasis.map(({ value }, at) => value.cooked + (at < node.expressions.length ? `{${at}}` : '')).join('')
}

const isSentence = (text) => LONE_WORDS.has(text) || (TWO_WORDS.test(text) && !NO_SENTENCE.test(text))

function isApart(node, text) {
  if (node.type === 'ImportDeclaration' || node.type === 'ImportExpression' || IS_TYPE.test(node.type)) return true
  if (node.type === 'Property' || node.type === 'PropertyDefinition') return MEMBERS_APART.has(node.key.name ?? node.key.value)
  if (node.type === 'VariableDeclarator') return VARIABLES_APART.has(node.id.name)
  if (node.type === 'NewExpression') return ERRORS_APART.has(node.callee.name)
  if (node.type === 'CallExpression') return CALLS_APART.test(text.slice(node.callee.start, node.callee.end))
  return false
}

function isProblem({ type, callee, properties }) {
  if (type === 'NewExpression') return callee.name === 'Problem'
  if (type === 'CallExpression') return /[pP]roblem$/.test(callee.name ?? '')
  return type === 'ObjectExpression' && ['code', 'message'].every((name) => properties.some(({ key }) => key?.name === name))
}

/** The shell speaks from its own catalogue; only its problems come out as those of main do. */
function sentencesIn(path, text) {
  const found = []
  const visit = (node, isTold) => {
    if (Array.isArray(node)) for (const child of node) visit(child, isTold)
    if (Array.isArray(node) || node === null || typeof node !== 'object') return
    if (typeof node.type === 'string') {
      if (isProblem(node)) isTold = true
      const isCount = node.type === 'CallExpression' && node.callee.name === 'formatCount'
      if (isTold && isCount && node.arguments[1]?.type === 'Literal' && node.arguments[2]?.type === 'Literal')
        found.push(`# ${node.arguments[1].value} | # ${node.arguments[2].value}`)
      if (isCount) return visit(node.arguments[0], isTold)
      if (isApart(node, text)) return
      const sentence = textOf(node)?.trim()
      if (isTold && sentence !== undefined && isSentence(sentence)) found.push(sentence)
    }
    for (const value of Object.values(node)) if (value !== null && typeof value === 'object') visit(value, isTold)
  }
  visit(parseSync(path, text).program, !path.startsWith('app/'))
  return found
}

/** Every sentence with the files that have it, `Map<string, string[]>`, in the order of the files. */
export function engineSentences(root) {
  const sentences = new Map()
  for (const folder of ['app', 'main', 'shared'])
    for (const name of readdirSync(join(root, folder), { recursive: true }).sort()) {
      const path = `${folder}/${name}`.replaceAll('\\', '/')
      if (!path.endsWith('.ts') || FILES_APART.test(path)) continue
      for (const sentence of sentencesIn(path, readFileSync(join(root, path), 'utf8')))
        sentences.set(sentence, [...new Set([...(sentences.get(sentence) ?? []), path])])
    }
  return sentences
}
