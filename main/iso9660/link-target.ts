/** Joins the components of a symbolic link (RRIP 4.1.3) to a target path. */
import { MAX_LINK_TARGET_BYTES } from '../../shared/limits.ts'
import { nameOfBytes } from './name-text.ts'
import { componentFlags } from './system-use.ts'

const COMPONENT_HEADER_BYTES = 2
const SLASH = Buffer.from('/')
const DOT = Buffer.from('.')
const DOTS = Buffer.from('..')

export class LinkTarget {
  /** Whether the record had a symbolic link entry. */
  found = false
  /** The target; null when damaged. Valid after `finish`. */
  text: string | null = null
  /** The same as recorded. */
  bytes: Buffer | null = null
  #parts: Buffer[] = []
  #lengthBytes = 0
  #joined = false
  #broken = false

  reset(): void {
    if (!this.found) return
    this.found = false
    this.text = null
    this.bytes = null
    this.#parts = []
    this.#lengthBytes = 0
    this.#joined = false
    this.#broken = false
  }

  /** Takes one SL entry: its flags at `flagsAt`, its components up to `end`. */
  add(bytes: Buffer, flagsAt: number, end: number): void {
    this.found = true
    let at = flagsAt + 1
    while (at < end && !this.#broken) {
      const flags = bytes[at] as number
      const lengthBytes = bytes[at + 1] as number
      const next = at + COMPONENT_HEADER_BYTES + lengthBytes
      if (at + COMPONENT_HEADER_BYTES > end || next > end) {
        this.#broken = true
        return
      }
      this.#addComponent(flags, bytes.subarray(at + COMPONENT_HEADER_BYTES, next))
      at = next
    }
  }

  /** False when the target could not be made out. */
  finish(): boolean {
    if (this.#broken || this.#joined || this.#parts.length === 0 || this.#lengthBytes > MAX_LINK_TARGET_BYTES) return false
    const bytes = Buffer.concat(this.#parts)
    if (bytes.includes(0)) return false
    this.text = nameOfBytes(bytes, 0, bytes.length)
    this.bytes = bytes
    return true
  }

  #addComponent(flags: number, content: Buffer): void {
    const isRoot = (flags & componentFlags.root) !== 0
    if (isRoot && this.#parts.length > 0) {
      this.#broken = true
      return
    }
    const last = this.#parts.at(-1)
    if (!isRoot && !this.#joined && last !== undefined && last !== SLASH) this.#push(SLASH)
    if (isRoot) this.#push(SLASH)
    else if ((flags & componentFlags.current) !== 0) this.#push(DOT)
    else if ((flags & componentFlags.parent) !== 0) this.#push(DOTS)
    else this.#push(content)
    this.#joined = (flags & componentFlags.continues) !== 0
  }

  #push(part: Buffer): void {
    this.#lengthBytes += part.length
    if (this.#lengthBytes <= MAX_LINK_TARGET_BYTES) this.#parts.push(part)
    else this.#broken = true
  }
}
