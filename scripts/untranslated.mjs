#!/usr/bin/env node
/** Lists the words that files of the window have of their own, outside the catalogues: `node scripts/untranslated.mjs [FOLDER]`. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readSaid } from './house/said.mjs'

const folders = process.argv.length > 2 ? process.argv.slice(2) : ['renderer']
const isSource = (name) => /\.tsx?$/.test(name) && !/\.test\.|\.d\.ts$/.test(name)
let count = 0
for (const folder of folders)
  for (const name of readdirSync(folder, { recursive: true }).filter(isSource).sort()) {
    const path = join(folder, name)
    for (const { line, text } of readSaid(path, readFileSync(path, 'utf8')).bare) {
      console.log(`${path}:${line}: ${text.replaceAll(/\s+/g, ' ')}`)
      count++
    }
  }
console.log(`${count} texts outside the catalogues`)
