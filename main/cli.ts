#!/usr/bin/env node
/** Command line over the same engine: plain Node, or the packaged app with ELECTRON_RUN_AS_NODE=1. */
import { createImage } from './create.ts'

const [cmd, folder, out] = process.argv.slice(2)
if (cmd !== 'create' || !folder || !out) {
  console.error('usage: isomer create FOLDER OUT.iso')
  process.exit(2)
}
try {
  const r = await createImage({ folder, out })
  console.log(JSON.stringify({ out, ...r, node: process.versions.node, electron: process.versions.electron ?? null }))
} catch (e) {
  console.error(`isomer: ${(e as Error).message}`)
  process.exit(1)
}
