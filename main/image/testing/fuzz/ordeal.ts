/** Puts an image through everything that a reader does, and throws for whatever must not happen, whatever the image is. */
import { lstatSync, mkdirSync, readdirSync, readlinkSync, rmSync } from 'node:fs'
import { dirname, join, resolve, sep } from 'node:path'
import { Problem } from '../../../../shared/problem.ts'
import { FindingLog } from '../../../bytes/finding-log.ts'
import { checkImage } from '../../check-image.ts'
import { extractImage } from '../../extract.ts'
import { imageFacts } from '../../image-facts.ts'
import type { ImageEntry, ImageView } from '../../image-view.ts'
import { type OpenImage, openImage } from '../../open-image.ts'
import { walkView } from '../../walk-view.ts'
import { quietControl } from '../quiet-control.ts'

/** More is an honest image's right, but not worth the time here. */
const MAX_EXTRACTED_BYTES = 4 * 1024 * 1024
const MAX_EXTRACTED_ENTRIES = 400
const READ_BYTES = 64 * 1024

/** Thrown for what must never happen. */
export class OrdealFailure extends Error {}

const buffer = Buffer.alloc(READ_BYTES)
const control = quietControl()

/** `scratch` is an empty folder that is left empty; with `extracts`, what is small enough is extracted into it. */
export async function ordeal(imagePath: string, scratch: string, extracts: boolean): Promise<void> {
  try {
    const image = openImage(imagePath)
    try {
      const isSmall = await lookAtEverything(image)
      if (extracts && isSmall) await extractInto(imagePath, scratch)
    } finally {
      image.close()
    }
  } catch (error) {
    const isExpected = error instanceof Problem && (error.report.kind === 'image' || error.report.kind === 'io')
    if (!isExpected) throw error
    requirePlain(error.report)
  }
}

/** Gives whether the best tree is small enough to be extracted. */
async function lookAtEverything(image: OpenImage): Promise<boolean> {
  requirePlain(await imageFacts(image, control))
  const findings = await checkImage(image, control)
  for (const { code, message, offsetBytes } of findings) {
    const isNamed = /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(code) && /[.!?]$/.test(message)
    const isPlaced = offsetBytes === undefined || (Number.isSafeInteger(offsetBytes) && offsetBytes >= 0)
    if (!isNamed || !isPlaced) throw new OrdealFailure(`a finding that is none: ${code} at ${offsetBytes}: ${message}`)
  }
  requirePlain(findings)
  let isSmall = false
  for (const [i, kind] of image.viewKinds.entries()) {
    const seen = lookThrough(image.view(kind))
    if (i === 0) isSmall = seen.bytes <= MAX_EXTRACTED_BYTES && seen.entries <= MAX_EXTRACTED_ENTRIES
  }
  lookThrough(await image.bootView())
  return isSmall
}

function lookThrough(view: ImageView): { readonly entries: number; readonly bytes: number } {
  let entries = 0
  let bytes = 0
  for (const { entry } of walkView(view, view.root, '/', new FindingLog())) {
    requireSafeName(entry)
    requireNumbers(entry)
    if (entry.type === 'file') readEnds(view, entry)
    entries++
    bytes += entry.sizeBytes
  }
  return { entries, bytes }
}

function requireSafeName({ name }: ImageEntry): void {
  if (name === '' || name === '.' || name === '..' || /[/\0]/.test(name)) throw new OrdealFailure(`an unsafe name: ${JSON.stringify(name)}`)
}

function requireNumbers(entry: ImageEntry): void {
  const { sizeBytes, modifiedMs, mode, uid, gid, links } = entry
  if (!Number.isSafeInteger(sizeBytes) || sizeBytes < 0) throw new OrdealFailure(`a size of ${sizeBytes}`)
  for (const number of [modifiedMs, mode, uid, gid, links])
    if (number !== null && !Number.isFinite(number)) throw new OrdealFailure(`${entry.name} has a fact that is no number`)
  for (const { lba, lengthBytes } of entry.extents)
    if (!Number.isSafeInteger(lba) || lba < 0 || !Number.isSafeInteger(lengthBytes) || lengthBytes < 0)
      throw new OrdealFailure(`an extent of ${lengthBytes} bytes at ${lba}`)
}

/** The first and the last bytes of a file. */
function readEnds(view: ImageView, entry: ImageEntry): void {
  if (entry.unreadable !== null) return
  try {
    const content = view.contentSource(entry)
    for (const at of [0, Math.max(0, content.sizeBytes - READ_BYTES)]) {
      const got = content.read(at, buffer)
      if (got < 0 || got > Math.min(READ_BYTES, Math.max(0, content.sizeBytes - at)))
        throw new OrdealFailure(`${got} bytes read at ${at} of ${content.sizeBytes}`)
    }
  } catch (error) {
    if (!(error instanceof Problem) || error.report.kind !== 'image') throw error
  }
}

/** What goes to other processes and to JSON must be plain data. */
function requirePlain(value: unknown): void {
  JSON.stringify(value)
}

async function extractInto(imagePath: string, scratch: string): Promise<void> {
  const inside = join(scratch, 'inside')
  const outFolder = join(inside, 'out')
  mkdirSync(inside)
  const work = extractImage({ imagePath, paths: [], view: 'auto', outFolder, overwrite: false }, control)
  const [result] = await Promise.allSettled([work])
  const strangers = [...readdirSync(scratch).filter((name) => name !== 'inside'), ...readdirSync(inside).filter((name) => name !== 'out')]
  if (strangers.length > 0) throw new OrdealFailure(`written outside the target: ${strangers.join(', ')}`)
  requireHarmless(outFolder)
  rmSync(inside, { recursive: true })
  if (result.status === 'rejected') throw result.reason
}

/** Nothing but files, folders, and links that stay inside; no set-user-id bits. */
function requireHarmless(root: string): void {
  const pending = [root]
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    const stat = lstatSync(path, { throwIfNoEntry: false })
    if (stat === undefined) continue
    if (stat.isDirectory()) for (const name of readdirSync(path)) pending.push(join(path, name))
    else if (stat.isSymbolicLink()) {
      const target = resolve(dirname(path), readlinkSync(path))
      if (target !== root && !target.startsWith(root + sep)) throw new OrdealFailure(`a link that leads out: ${path} to ${target}`)
    } else if (!stat.isFile()) throw new OrdealFailure(`a file that is none: ${path}`)
    else if ((stat.mode & 0o7022) !== 0) throw new OrdealFailure(`a mode of ${stat.mode.toString(8)}: ${path}`)
  }
}
