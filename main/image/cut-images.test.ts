/** Images cut off anywhere: they open or are refused, and show nothing that is not there whole. */
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FileSystemKind } from '../../shared/image-project.ts'
import { Problem } from '../../shared/problem.ts'
import { FindingLog } from '../bytes/finding-log.ts'
import { checkImage } from './check-image.ts'
import { entrySha256 } from './entry-digest.ts'
import { imageFacts } from './image-facts.ts'
import { openImage } from './open-image.ts'
import { quietControl } from './testing/quiet-control.ts'
import { sampleImages } from './testing/sample-images.ts'
import { scratchRoot } from './testing/scratch.ts'
import { walkView } from './walk-view.ts'

const SECTOR_BYTES = 2048

let scratch: string
let imagePath: string
beforeEach(() => {
  scratch = mkdtempSync(join(scratchRoot(), 'isomer-cut-'))
  imagePath = join(scratch, 'image.iso')
})
afterEach(() => rmSync(scratch, { recursive: true, force: true }))

/** Trees and digests of all files that can be read whole; null when the image is refused. */
async function wholeFiles(): Promise<Set<string> | null> {
  try {
    const image = openImage(imagePath)
    try {
      await imageFacts(image, quietControl())
      await checkImage(image, quietControl())
      return new Set(image.viewKinds.flatMap((kind) => wholeFilesIn(image.view(kind), kind)))
    } finally {
      image.close()
    }
  } catch (error) {
    if (error instanceof Problem && error.report.kind === 'image') return null
    throw error
  }
}

function wholeFilesIn(view: Parameters<typeof walkView>[0], kind: FileSystemKind): string[] {
  const found: string[] = []
  for (const step of walkView(view, view.root, '/', new FindingLog())) {
    const sha256 = entrySha256(view, step.entry)
    if (sha256 !== null) found.push(`${kind} ${sha256}`)
  }
  return found
}

/** Every sector boundary, and a byte to each side of some. */
function cutsOf(sizeBytes: number): number[] {
  const cuts: number[] = []
  for (let at = Math.floor(sizeBytes / SECTOR_BYTES) * SECTOR_BYTES; at >= 0; at -= SECTOR_BYTES) {
    if ((at / SECTOR_BYTES) % 7 === 0) cuts.push(at + 1)
    cuts.push(at)
    if ((at / SECTOR_BYTES) % 5 === 0 && at > 0) cuts.push(at - 1)
  }
  return cuts.filter((cut) => cut < sizeBytes)
}

describe('cut off at every sector', () => {
  it.each(sampleImages)('$name', async ({ build }) => {
    const bytes = await build()
    writeFileSync(imagePath, bytes)
    const whole = await wholeFiles()
    expect(whole?.size).toBeGreaterThan(0)
    let last = whole as Set<string>
    let refused = 0
    for (const cut of cutsOf(bytes.length)) {
      truncateSync(imagePath, cut)
      const files = await wholeFiles()
      if (files === null) {
        refused++
        continue
      }
      // Less of an image never shows more of it, nor anything else.
      expect([cut, [...files].filter((file) => !last.has(file))]).toEqual([cut, []])
      last = files
    }
    expect(refused).toBeGreaterThan(0)
  })
})
