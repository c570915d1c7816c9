/**
 * What there is to verify an image with, found out from whatever was brought along first: the image, its checksum file,
 * a signature or a key. Nothing large is read, so that the chain can be shown at once.
 */
import { existsSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { signedNameOf } from '../../shared/checksum-names.ts'
import { MAX_CHECKSUM_FILE_BYTES } from '../../shared/limits.ts'
import { Problem } from '../../shared/problem.ts'
import { type ChainLink, type KeyFacts, plainVerifyRequest, type VerifyDraft, type VerifyRequest } from '../../shared/verify.ts'
import type { OpeningControl } from '../containers/opening-control.ts'
import { openAnyImage } from '../image/open-any-image.ts'
import { parseChecksumFile } from './checksum-file.ts'
import { type EvidenceFiles, type ListFile, readEvidence, ringFor } from './evidence-files.ts'
import { factsOfKey, type KeyRing } from './key-ring.ts'
import { findListed, type ListedWay, lastPart } from './listed-names.ts'
import { openPgpKindOf } from './openpgp-blocks.ts'
import { listSignatures } from './signature-reports.ts'
import { signatureLinks } from './signature-words.ts'
import { readSmallFile } from './small-file.ts'
import { decodeText } from './text-of-file.ts'

const IMAGE_NAME = /\.(?:iso|img|udf|raw|bin)$/i
/** Images that a list names and that lie beside it; more are not worth choosing from. */
const MAX_CHOICES = 50

interface Brought {
  readonly images: string[]
  readonly lists: string[]
  readonly offered: string[]
}

/** Tells what files are by what is in them. */
function sortBrought(paths: readonly string[]): Brought {
  const brought: Brought = { images: [], lists: [], offered: [] }
  for (const path of paths) {
    if (IMAGE_NAME.test(path) || statSync(path).size > MAX_CHECKSUM_FILE_BYTES) {
      brought.images.push(path)
      continue
    }
    const bytes = readSmallFile(path, MAX_CHECKSUM_FILE_BYTES)
    const kind = openPgpKindOf(bytes)
    if (kind === null || kind === 'clear-signed') {
      const isList = kind === 'clear-signed' || parseChecksumFile(decodeText(bytes), basename(path)).entries.length > 0
      ;(isList ? brought.lists : brought.images).push(path)
    } else brought.offered.push(path)
  }
  return brought
}

/** Images that lists name and that lie beside them. */
function imagesNamedIn(lists: readonly string[]): string[] {
  const found = new Set<string>()
  for (const path of lists) {
    const text = decodeText(readSmallFile(path, MAX_CHECKSUM_FILE_BYTES))
    for (const { name } of parseChecksumFile(text, basename(path)).entries) {
      const image = name === null ? null : join(dirname(path), lastPart(name))
      if (image !== null && found.size < MAX_CHOICES && existsSync(image) && statSync(image).isFile()) found.add(image)
    }
    const sidecarOf = signedNameOf(path) ?? path.replace(/\.[^.]+$/, '')
    if (found.size === 0 && IMAGE_NAME.test(sidecarOf) && existsSync(sidecarOf)) found.add(sidecarOf)
  }
  return [...found]
}

/** The draft of what was brought; throws an `io` Problem when something of it can't be read. */
export async function draftOf(paths: readonly string[], keyFolder: string | null, nowMs = Date.now()): Promise<VerifyDraft> {
  const brought = sortBrought(paths)
  const signed = brought.offered.map(signedNameOf).filter((path) => path !== null && existsSync(path)) as string[]
  const images = [...brought.images, ...signed.filter((path) => IMAGE_NAME.test(path))]
  const lists = [...new Set([...brought.lists, ...signed.filter((path) => !IMAGE_NAME.test(path))])]
  const named = images.length > 0 ? images : imagesNamedIn(lists)
  const imagePath = images.at(-1) ?? (named.length === 1 ? (named[0] ?? null) : null)
  const chosen = { lists: brought.lists, offered: brought.offered }
  const draft = {
    imagePath,
    choices: imagePath === null ? named : [],
    ...chosen,
    warnings: imagePath === null ? [] : await warningsOf(imagePath),
  }
  const request: VerifyRequest = { ...plainVerifyRequest(imagePath ?? '', keyFolder), ...chosen, looksBeside: imagePath !== null }
  const files = await readEvidence(request)
  const ring = await ringFor(request, files)
  return { ...draft, files: filesOf(files), chain: await chainOf(imagePath, files, ring, nowMs), offeredKeys: await offeredKeys(files) }
}

function filesOf({ lists, signatures, keyFiles }: EvidenceFiles): VerifyDraft['files'] {
  return [
    ...lists.map(({ path }) => ({ path, role: 'list' as const })),
    ...signatures.map(({ path }) => ({ path, role: 'signature' as const })),
    ...keyFiles.map(({ path }) => ({ path, role: 'key' as const })),
  ]
}

async function offeredKeys({ keyFiles }: EvidenceFiles): Promise<KeyFacts[]> {
  return Promise.all(keyFiles.flatMap(({ keys }) => keys).map(factsOfKey))
}

/** Thrown at the first sign that a file has to be expanded whole. */
class TakesLong extends Error {}
const onlyBriefly: OpeningControl = {
  checkpoint: () => undefined,
  progress: () => {
    throw new TakesLong()
  },
}

/** What an image's first sectors tell already; of one that has to be expanded whole nothing, for the job will do that. */
async function warningsOf(imagePath: string): Promise<string[]> {
  try {
    const image = await openAnyImage(imagePath, { control: onlyBriefly })
    const found = image.findings.filter(({ severity }) => severity === 'damaged').map(({ message }) => message)
    image.close()
    return found
  } catch (error) {
    if (error instanceof TakesLong) return []
    if (error instanceof Problem && error.report.kind === 'image') return [error.report.message]
    throw error
  }
}

/** Ways of being listed, from the surest on. */
const ways: readonly (ListedWay | undefined)[] = ['name', 'similar-name', 'copy-name', 'only-line', 'unnamed', undefined]

async function chainOf(imagePath: string | null, files: EvidenceFiles, ring: KeyRing, nowMs: number): Promise<ChainLink[]> {
  const image: ChainLink =
    imagePath === null
      ? { part: 'image', state: 'none', title: 'No image yet', detail: 'Drop the image, or put it beside these files.' }
      : { part: 'image', state: 'waiting', title: basename(imagePath), detail: 'It was not read yet.' }
  if (imagePath !== null && files.signatures.some(({ signs }) => signs === 'image')) {
    const [signature] = files.signatures.filter(({ signs }) => signs === 'image')
    const detail = 'It signs the image itself, which was not read yet.'
    return [image, { part: 'signature', state: 'waiting', title: basename(signature?.path ?? ''), detail }]
  }
  const list = bestList(files.lists, imagePath)
  if (list === null) {
    const detail = 'Nothing to compare with was found beside the image.'
    return [image, { part: 'checksum', state: 'none', title: 'No checksum file', detail }]
  }
  const reports = await listSignatures(list, files.signatures, ring, nowMs)
  const checksum: ChainLink = { part: 'checksum', state: 'waiting', title: basename(list.path), detail: listedDetail(list, imagePath) }
  return [image, checksum, ...signatureLinks(reports)]
}

function listedWay({ list }: ListFile, imagePath: string | null): ListedWay | undefined {
  return imagePath === null ? undefined : findListed(list, basename(imagePath))?.way
}

/** The list that says most clearly something about the image; signed ones first among equals. */
function bestList(lists: readonly ListFile[], imagePath: string | null): ListFile | null {
  const rank = (file: ListFile) => ways.indexOf(listedWay(file, imagePath)) * 2 + (file.clearSigned === null ? 1 : 0)
  return [...lists].sort((a, b) => rank(a) - rank(b))[0] ?? null
}

function listedDetail(file: ListFile, imagePath: string | null): string {
  if (imagePath === null) return 'It lists checksums of images.'
  const way = listedWay(file, imagePath)
  if (way === 'unnamed' || way === undefined) return 'It does not name this image; perhaps it lists its content.'
  return way === 'name' ? 'It names this image.' : 'It has a line for this image.'
}
