/** Puts an image through everything that a reader does, and throws for whatever must not happen, whatever the image is. */
import { Problem } from '../../../../shared/problem.ts'
import type { ByteSource } from '../../../bytes/byte-source.ts'
import { FindingLog } from '../../../bytes/finding-log.ts'
import { openContainer } from '../../../containers/open-container.ts'
import { trackSamples, trackUserData } from '../../../containers/track-data.ts'
import { checkImage } from '../../check-image.ts'
import { containerFacts } from '../../contained.ts'
import { imageFacts } from '../../image-facts.ts'
import type { ImageEntry, ImageView } from '../../image-view.ts'
import { openAnyImage } from '../../open-any-image.ts'
import type { OpenImage } from '../../open-image.ts'
import { walkView } from '../../walk-view.ts'
import { quietControl } from '../quiet-control.ts'
import { OrdealFailure, requirePlain } from './ordeal-failure.ts'
import { type WorkName, works } from './work.ts'

/** More is an honest image's right, but not worth the time here. */
const MAX_WORK_BYTES = 4 * 1024 * 1024
const MAX_WORK_ENTRIES = 400
const READ_BYTES = 64 * 1024

const buffer = Buffer.alloc(READ_BYTES)
const control = quietControl()

/** `scratch` is an empty folder that is left empty. What is small enough is put to the further work that is named; converting needs no files. */
export async function ordeal(imagePath: string, scratch: string, further: readonly WorkName[]): Promise<void> {
  let isSmall = false
  await withProblems(() => lookAtTracks(imagePath))
  await withProblems(async () => {
    const image = await openAnyImage(imagePath)
    try {
      isSmall = await lookAtEverything(image)
    } finally {
      image.close()
    }
  })
  for (const name of further) if (isSmall || name === 'convert') await withProblems(() => works[name](imagePath, scratch))
}

/** An image may be damaged, and may not allow everything; a fault of the program is none of that. */
async function withProblems(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof Problem) || error.report.kind === 'bug') throw error
    requirePlain(error.report)
  }
}

/** Gives whether all trees are small enough for further work. */
async function lookAtEverything(image: OpenImage): Promise<boolean> {
  requirePlain(await imageFacts(image, control))
  const findings = await checkImage(image, control)
  for (const { code, message, offsetBytes } of findings) {
    const isNamed = /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(code) && /[.!?]$/.test(message)
    const isPlaced = offsetBytes === undefined || (Number.isSafeInteger(offsetBytes) && offsetBytes >= 0)
    if (!isNamed || !isPlaced) throw new OrdealFailure(`a finding that is none: ${code} at ${offsetBytes}: ${message}`)
  }
  requirePlain(findings)
  let isSmall = true
  for (const kind of image.viewKinds) {
    const seen = lookThrough(image.view(kind))
    isSmall &&= seen.bytes <= MAX_WORK_BYTES && seen.entries <= MAX_WORK_ENTRIES
  }
  lookThrough(await image.bootView())
  return isSmall
}

/** Of every track the beginning and the end, in whatever form somebody asks for it. */
async function lookAtTracks(path: string): Promise<void> {
  const file = await openContainer(path, new FindingLog())
  try {
    requirePlain(containerFacts(file, null))
    readEnds(() => file.source)
    for (const track of file.container?.tracks ?? []) {
      readEnds(() => track.stored)
      const { storedPregap } = track
      if (storedPregap !== null) readEnds(() => storedPregap)
      readEnds(() => (track.mode === 'audio' ? trackSamples(track) : trackUserData(track)))
    }
  } finally {
    file.close()
  }
}

function lookThrough(view: ImageView): { readonly entries: number; readonly bytes: number } {
  let entries = 0
  let bytes = 0
  for (const { entry } of walkView(view, view.root, '/', new FindingLog())) {
    requireSafeName(entry)
    requireNumbers(entry)
    if (entry.type === 'file' && entry.unreadable === null) readEnds(() => view.contentSource(entry))
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

/** The first and the last bytes. */
function readEnds(open: () => ByteSource): void {
  try {
    const content = open()
    for (const at of [0, Math.max(0, content.sizeBytes - READ_BYTES)]) {
      const got = content.read(at, buffer)
      if (got < 0 || got > Math.min(READ_BYTES, Math.max(0, content.sizeBytes - at)))
        throw new OrdealFailure(`${got} bytes read at ${at} of ${content.sizeBytes}`)
    }
  } catch (error) {
    if (!(error instanceof Problem) || error.report.kind !== 'image') throw error
  }
}
