/**
 * The files and folders that the window may speak of. A path enters through a dialog, a drop or the command line and gets
 * a token; the window only ever sends the token back.
 */
import { randomUUID } from 'node:crypto'
import { open, realpath, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { isImageName } from '../../shared/image-names.ts'
import type { AdmittedSource, SourceKind } from '../../shared/ipc.ts'
import { Problem } from '../../shared/problem.ts'
import { displayPath } from './display-path.ts'

const SECTOR_BYTES = 2048
/** The volume descriptor set begins at LBA 16 (ECMA-119 6.2.1 and 8.1). */
const FIRST_DESCRIPTOR_LBA = 16
/** Of ISO 9660, and of the first descriptor of a volume of UDF alone (ECMA-167 2/9.2). */
const STANDARD_IDENTIFIERS = ['CD001', 'BEA01']
const IDENTIFIER_BYTES = 5
/** Other programs' files are called .toc, too. */
const TOC_TRACK = /^\s*TRACK\s+(?:AUDIO|MODE)/m
const HEAD_BYTES = 4096
/** What sectors of CDs begin with, as a `.bin` has them (ECMA-130 14.2). */
const SYNC = Buffer.from('00ffffffffffffffffffff00', 'hex')

const PROJECT_NAME = /\.isomer$/i

/** What is called an image is meant as one, even where it is damaged or of another kind: opening it tells. */
async function looksLikeImage(path: string): Promise<boolean> {
  if (isImageName(path)) return true
  const file = await open(path, 'r')
  try {
    const head = Buffer.alloc(HEAD_BYTES)
    const { bytesRead } = await file.read(head, 0, head.length, 0)
    if (head.subarray(0, SYNC.length).equals(SYNC)) return true
    if (/\.toc$/i.test(path) && TOC_TRACK.test(head.toString('latin1', 0, bytesRead))) return true
    const identifier = Buffer.alloc(IDENTIFIER_BYTES)
    await file.read(identifier, 0, identifier.length, FIRST_DESCRIPTOR_LBA * SECTOR_BYTES + 1)
    return STANDARD_IDENTIFIERS.includes(identifier.toString('latin1'))
  } finally {
    await file.close()
  }
}

async function kindAndSize(path: string): Promise<{ kind: SourceKind; sizeBytes: number | null }> {
  const facts = await stat(path)
  if (facts.isDirectory()) return { kind: 'folder', sizeBytes: null }
  if (!facts.isFile()) return { kind: 'file', sizeBytes: null }
  if (PROJECT_NAME.test(path)) return { kind: 'project', sizeBytes: facts.size }
  return { kind: (await looksLikeImage(path)) ? 'image' : 'file', sizeBytes: facts.size }
}

function cannotOpen(path: string, cause: unknown): Problem {
  const { code } = cause as NodeJS.ErrnoException
  const name = basename(path)
  return new Problem(
    {
      kind: 'io',
      code: 'source-unreadable',
      message:
        code === 'ENOENT'
          ? `“${name}” can’t be opened: it is not there any more.`
          : code === 'EACCES' || code === 'EPERM'
            ? `“${name}” can’t be opened: you may not read it.`
            : `“${name}” can’t be opened: reading it failed.`,
      kept: 'Nothing was changed.',
      technical: String(cause),
    },
    { cause },
  )
}

export class SourceRegistry {
  private readonly paths = new Map<string, string>()
  private readonly tokens = new Map<string, string>()

  /** Gives each path a token, the same one each time; throws an `io` Problem for the first that can't be read. */
  admit(paths: readonly string[]): Promise<AdmittedSource[]> {
    return Promise.all(paths.map((path) => this.admitOne(path)))
  }

  /** The real path behind a token; throws a `usage` Problem for a token that was never given out. */
  path(token: string): string {
    const path = this.paths.get(token)
    if (path !== undefined) return path
    throw new Problem({
      kind: 'usage',
      code: 'unknown-source',
      message: 'This file or folder was never opened in Isomer.',
      technical: token,
    })
  }

  private async admitOne(given: string): Promise<AdmittedSource> {
    try {
      const path = await realpath(given)
      const { kind, sizeBytes } = await kindAndSize(path)
      return { token: this.tokenOf(path), name: basename(path) || path, kind, displayPath: displayPath(path), sizeBytes }
    } catch (error) {
      throw cannotOpen(given, error)
    }
  }

  private tokenOf(path: string): string {
    const known = this.tokens.get(path)
    if (known !== undefined) return known
    const token = randomUUID()
    this.tokens.set(path, token)
    this.paths.set(token, path)
    return token
  }
}
