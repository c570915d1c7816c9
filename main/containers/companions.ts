/** The files that a description names, each opened once. */
import { basename } from 'node:path'
import { Problem } from '../../shared/problem.ts'
import type { ByteSource, ImageSource } from '../bytes/byte-source.ts'
import type { Candidate } from './container-format.ts'
import { lastPart, neighbourMeant } from './neighbours.ts'

export class Companions {
  readonly #candidate: Candidate
  readonly #opened = new Map<string, ImageSource>()
  readonly #missing: string[] = []

  constructor(candidate: Candidate) {
    this.#candidate = candidate
  }

  /** The file that is meant; null when it is not there or can't be opened, which is noted. */
  open(path: string): ImageSource | null {
    const { neighbours, name, log } = this.#candidate
    const meant = neighbourMeant(neighbours, path, name)
    if (meant === null) {
      this.#miss(path)
      return null
    }
    if (meant.toLowerCase() !== lastPart(path).toLowerCase()) {
      log.add('companion-renamed', 'note', `‘${lastPart(path)}’ is not there; ‘${meant}’ was taken for it.`, { path: lastPart(path) })
    }
    const known = this.#opened.get(meant)
    if (known !== undefined) return known
    try {
      const source = neighbours.open(meant)
      this.#opened.set(meant, source)
      return source
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      this.#miss(path)
      return null
    }
  }

  has(path: string): boolean {
    return neighbourMeant(this.#candidate.neighbours, path, this.#candidate.name) !== null
  }

  get files(): readonly ImageSource[] {
    return [...this.#opened.values()]
  }

  close(): void {
    for (const source of this.#opened.values()) source.close()
  }

  /** Throws an `image` Problem unless some file is there. */
  requireSome(): void {
    if (this.#opened.size > 0 || this.#missing.length === 0) return
    this.close()
    const names = this.#missing.slice(0, 3).map((name) => `‘${name}’`)
    throw new Problem({
      kind: 'image',
      code: 'companion-missing',
      message: `${basename(this.#candidate.path)} only describes an image. The image itself, ${names.join(', ')}, is not beside it.`,
      advice: 'Put both into one folder, with the names they had.',
    })
  }

  #miss(path: string): void {
    const name = lastPart(path)
    if (this.#missing.includes(name)) return
    this.#missing.push(name)
    this.#candidate.log.add('companion-missing', 'damaged', `‘${name}’ is not there; its tracks can't be read.`, { path: name })
  }
}

/** Stands for what is not there. */
export const NOTHING: ByteSource = { sizeBytes: 0, read: () => 0, close: () => {} }
