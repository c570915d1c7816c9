/**
 * Every kind of container through every command that takes one: it opens, lists, is taken out, converted and verified, with
 * the bytes that the program which knows it takes out; and a damaged one ends in findings or one plain sentence.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { randomNumbers } from '../bytes/testing/random.ts'
import { builtKinds } from '../containers/testing/kinds/built-kinds.ts'
import { foreignKinds } from '../containers/testing/kinds/foreign-kinds.ts'
import { byBchunk, type DiscToPack, discToPack, type Kind } from '../containers/testing/kinds/kind.ts'
import { sha256 } from '../containers/testing/opened-disc.ts'
import { scratchFolder } from '../containers/testing/scratch-folder.ts'
import { hostTree, sevenZipOf } from '../image/testing/foreign-readers.ts'
import { capturedRun } from './testing/captured-run.ts'

vi.mock('node:fs', async (original) => (await import('../bytes/testing/tapped-fs.ts')).tapped(await original()))

/** What a command may end with, whatever is wrong with an image: never a fault of ours, nor of the disk. */
const HONEST_ENDS = [0, 1, 2, 4]
const DAMAGES = 3

const scratch = scratchFolder()
let disc: DiscToPack

beforeAll(() => {
  disc = discToPack(scratch())
})

async function ended(...args: string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await capturedRun(...args)
  expect([args.join(' '), exitCode, exitCode === 0 ? '' : stderr]).toEqual([args.join(' '), 0, ''])
  return stdout
}

/** All that 7-Zip takes out of an image. */
function takenBySevenZip(image: string, folder: string): ReturnType<typeof hostTree> {
  sevenZipOf('iso').extract(image, folder)
  return hostTree(folder)
}

async function soundOne({ make, title, takenOut, isDvd, isPacked }: Kind, folder: string): Promise<void> {
  const path = join(folder, make(folder, disc))
  const theirs = takenOut?.[1](folder) ?? disc.image
  const [image, sheet] = [join(folder, 'ours.iso'), join(folder, 'ours.cue')]

  expect(await ended('info', path)).toMatch(new RegExp(`^Container +${title.replaceAll(/[()]/g, '\\$&')}$`, 'm'))
  await ended('convert', path, '-o', image, '--yes')
  expect(sha256(readFileSync(image).subarray(0, theirs.length))).toBe(sha256(theirs))
  expect(await ended('list', path)).toBe(await ended('list', image))
  if (isPacked === true) return
  await ended('extract', path, '-o', join(folder, 'out'))
  const tree = hostTree(join(folder, 'out'))
  expect(tree.size).toBeGreaterThan(3)
  expect(tree).toEqual(takenBySevenZip(image, join(folder, 'theirs')))
  const { findings } = JSON.parse(await ended('verify', path, '--json'))
  expect(findings.filter(({ severity }: { severity: string }) => severity === 'damaged')).toEqual([])
  if (isDvd === true) return
  await ended('convert', path, '-o', sheet, '--yes')
  const whole = byBchunk('ours.bin', 'ours.cue')[1](folder)
  expect(sha256(whole.subarray(0, theirs.length))).toBe(sha256(theirs.subarray(0, whole.length)))
}

/** Cut off, or with some bytes changed: most where descriptions have their tables. */
function damaged(bytes: Buffer, seed: number): Buffer {
  const random = randomNumbers(seed)
  if (seed % 3 === 0) return bytes.subarray(0, random(bytes.length))
  const changed = Buffer.from(bytes)
  for (let i = 0; i < 8; i++) {
    const place = random(Math.min(changed.length, 400))
    changed[i % 2 === 0 ? place : changed.length - 1 - place] = random(256)
  }
  return changed
}

async function damagedOnes({ make }: Kind, folder: string): Promise<void> {
  const path = join(folder, make(folder, disc))
  const bytes = readFileSync(path)
  for (let seed = 1; seed <= DAMAGES; seed++) {
    writeFileSync(path, damaged(bytes, seed))
    const before = readdirSync(folder).length
    for (const words of [
      ['info'],
      ['list'],
      ['verify'],
      ['extract', '-o', join(folder, 'out')],
      ['convert', '--yes', '-o', join(folder, 'o.iso')],
    ]) {
      const { exitCode, stderr } = await capturedRun(words[0] as string, path, ...words.slice(1))
      if (!HONEST_ENDS.includes(exitCode)) throw new Error(`${words[0]} of seed ${seed}: ${exitCode}\n${stderr}`)
      if (words[0] === 'convert' && exitCode !== 0) expect(existsSync(join(folder, 'o.iso'))).toBe(false)
    }
    rmSync(join(folder, 'out'), { recursive: true, force: true })
    rmSync(join(folder, 'o.iso'), { force: true })
    expect(readdirSync(folder)).toHaveLength(before)
  }
}

const kinds = [...foreignKinds, ...builtKinds]

describe.each(kinds)('$name', (kind) => {
  const by = kind.writtenBy === null ? 'built field by field' : `written by ${kind.writtenBy}`
  const taker = kind.takenOut === undefined ? 'the image that went in' : `what ${kind.takenOut[0]} takes out`

  it(`${by}: ${kind.isPacked === true ? 'is opened, listed' : 'is opened, listed, taken out, verified'} and converted to ${taker}`, async () => {
    const folder = mkdtempSync(join(scratch(), 'kind-'))
    await soundOne(kind, folder)
    rmSync(folder, { recursive: true })
  })
})

describe('damaged', () => {
  it.each(kinds.filter(({ isPacked }) => isPacked !== true))('$name ends in findings or one plain sentence', async (kind) => {
    const folder = mkdtempSync(join(scratch(), 'kind-'))
    await damagedOnes(kind, folder)
    rmSync(folder, { recursive: true })
  })
})
