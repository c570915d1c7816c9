/** What programs do with an image besides looking at it: each may be asked for of an image whatever is wrong with it. */
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { EditMode } from '../../../../shared/image-edit.ts'
import { plainVerifyRequest } from '../../../../shared/verify.ts'
import { FindingLog } from '../../../bytes/finding-log.ts'
import { verifyImage } from '../../../verify/verify-image.ts'
import { BrowsedImage } from '../../browse/browsed-image.ts'
import { describeImage } from '../../browse/describe-image.ts'
import { previewOf } from '../../browse/preview.ts'
import { checkImage } from '../../check-image.ts'
import { compareJob } from '../../compare/compare.ts'
import { editImage } from '../../edit/edit-image.ts'
import { extractImage } from '../../extract.ts'
import type { ImageEntry, ImageView } from '../../image-view.ts'
import { openImage } from '../../open-image.ts'
import { walkView } from '../../walk-view.ts'
import { quietControl } from '../quiet-control.ts'
import { convertToAll } from './convert-work.ts'
import { OrdealFailure, requireHarmless, requirePlain } from './ordeal-failure.ts'

const control = quietControl()

/** By name; each is given the image and an empty folder for what it writes, which it empties again. */
export const works = {
  extract,
  browse,
  compare,
  verify,
  convert: convertToAll,
  edit: (imagePath: string, scratch: string) => edit(imagePath, scratch, 'rewrite'),
  append: (imagePath: string, scratch: string) => edit(imagePath, scratch, 'append-session'),
} as const
export type WorkName = keyof typeof works

async function extract(imagePath: string, scratch: string): Promise<void> {
  const inside = join(scratch, 'inside')
  const outFolder = join(inside, 'out')
  mkdirSync(inside)
  const [result] = await Promise.allSettled([extractImage({ imagePath, paths: [], view: 'auto', outFolder, overwrite: false }, control)])
  requireOnly(scratch, 'inside')
  requireOnly(inside, 'out')
  requireHarmless(outFolder)
  rmSync(inside, { recursive: true })
  if (result.status === 'rejected') throw result.reason
}

async function browse(imagePath: string): Promise<void> {
  const browsed = await BrowsedImage.open(imagePath, {}, control)
  try {
    requirePlain(await describeImage(browsed.image, control))
    for (const { kind } of browsed.views) {
      const tree = await browsed.tree(kind)
      await browsed.walk(tree)
      await browsed.map(tree)
      for (const { entry } of walkView(tree.view, tree.view.root, '/', new FindingLog())) {
        if (entry.type === 'file') previewOf(tree.view, entry, null)
      }
    }
  } finally {
    browsed.image.close()
  }
}

/** With itself: nothing can differ. */
async function compare(imagePath: string): Promise<void> {
  const { differences } = await compareJob({ pathOfA: imagePath, pathOfB: imagePath, view: 'auto', ignore: [], exclude: [] }, control)
  const readable = differences.filter(({ kind }) => kind !== 'unreadable')
  if (readable.length > 0) throw new OrdealFailure(`an image that differs from itself: ${JSON.stringify(readable[0])}`)
}

async function verify(imagePath: string): Promise<void> {
  requirePlain(await verifyImage({ ...plainVerifyRequest(imagePath, null), looksBeside: false, checksContents: true }, control))
}

const ADDED = 'added by an edit'

/** Adds a file and looks at what came of it. */
async function edit(imagePath: string, scratch: string, mode: EditMode): Promise<void> {
  const outPath = join(scratch, 'edited.iso')
  const hostPath = join(scratch, 'added')
  writeFileSync(hostPath, ADDED)
  const steps = [{ step: 'add', hostPath, path: `/${ADDED}` }] as const
  const [result] = await Promise.allSettled([
    editImage({ imagePath, outPath, overwrite: false, mode, steps, label: null, exclude: [] }, control),
  ])
  requireOnly(scratch, 'added', 'edited.iso')
  if (result.status === 'fulfilled') await ownResult(() => lookAt(outPath))
  else if (existsSync(outPath)) throw new OrdealFailure('an edit that failed left an image behind')
  for (const name of readdirSync(scratch)) rmSync(join(scratch, name))
  if (result.status === 'rejected') throw result.reason
}

/** Whatever the old image was, the new one can be read and has what was put in. */
async function lookAt(imagePath: string): Promise<void> {
  const image = openImage(imagePath)
  try {
    requirePlain(await checkImage(image, control))
    const view = image.view('auto')
    for (const entry of view.children(view.root)) if (entry.type === 'file' && textOf(view, entry) === ADDED) return
    throw new OrdealFailure('an edit that did not put in what it said')
  } finally {
    image.close()
  }
}

/** What is said of another's image may be a Problem; what we wrote ourselves must be none. */
async function ownResult(look: () => Promise<void>): Promise<void> {
  try {
    await look()
  } catch (error) {
    if (error instanceof OrdealFailure) throw error
    throw new OrdealFailure(`what came of an edit can't be read: ${error instanceof Error ? error.stack : error}`)
  }
}

function textOf(view: ImageView, entry: ImageEntry): string | null {
  if (entry.sizeBytes !== ADDED.length || entry.unreadable !== null) return null
  const bytes = Buffer.alloc(ADDED.length)
  view.contentSource(entry).read(0, bytes)
  return bytes.toString()
}

function requireOnly(folder: string, ...names: string[]): void {
  const strangers = readdirSync(folder).filter((name) => !names.includes(name))
  if (strangers.length > 0) throw new OrdealFailure(`written where nothing was to be: ${strangers.join(', ')}`)
}
