#!/usr/bin/env node
/** Checks the rules of the house (house/rules.mjs) on every source file and names each violation. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkSources } from './house/rules.mjs'

const root = join(import.meta.dirname, '..')
const folders = ['app', 'main', 'shared', 'renderer', 'scripts', 'e2e', 'bench']
const SOURCE = /\.(?:ts|tsx|mjs|js|css)$/

function sourcesIn(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : sourcesIn(path)
    return SOURCE.test(entry.name) ? [[path, readFileSync(join(root, path), 'utf8')]] : []
  })
}

const present = readdirSync(root).filter((name) => folders.includes(name))
const sources = new Map(present.flatMap(sourcesIn))
const violations = checkSources(sources)
for (const { path, line, message } of violations) console.log(`${path}:${line}: ${message}`)
console.log(`House rules: ${sources.size} files, ${violations.length === 0 ? 'no violations' : `${violations.length} violations`}.`)
process.exitCode = violations.length === 0 ? 0 : 1
