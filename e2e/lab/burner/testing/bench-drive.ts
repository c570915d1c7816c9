import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Burner } from '../burner.ts'
import type { DiscRequest } from '../disc.ts'
import type { DiscKindName } from '../disc-kinds.ts'
import type { DriveOrder } from '../drive-control.ts'

const CDB_BYTES = 16

/** A drive that is given commands one by one, byte by byte. */
export class BenchDrive {
  readonly #burner = new Burner()
  readonly #folder = mkdtempSync(join(tmpdir(), 'isomer-burner-'))
  readonly #facts = { wasAskedForCapacity: true }

  static with(kind: DiscKindName, more: Partial<DiscRequest> = {}): BenchDrive {
    const bench = new BenchDrive()
    bench.insert(kind, more)
    return bench
  }

  insert(kind: DiscKindName, more: Partial<DiscRequest> = {}): void {
    this.control({ op: 'insert', kind, path: this.path(kind), fresh: true, ...more })
  }

  path(name: string): string {
    return join(this.#folder, `${name}.img`)
  }

  control(order: DriveOrder) {
    return this.#burner.control(order)
  }

  /** The data of the answer, `ok` without any, or sense as `key/code+qualifier`. `hex` is the command, filled up with zeros. */
  async send(hex: string, data: Buffer | null = null): Promise<Buffer | string> {
    const cdb = Buffer.from(hex.replaceAll(' ', '').padEnd(CDB_BYTES * 2, '0'), 'hex')
    const outcome = await this.#burner.execute(cdb, data, this.#facts)
    if (outcome.sense === undefined) return outcome.data ?? 'ok'
    return `${((outcome.sense[2] ?? 0) & 15).toString(16)}/${outcome.sense.subarray(12, 14).toString('hex')}`
  }

  /** The data of an answer that has some. */
  async ask(hex: string): Promise<Buffer> {
    const answer = await this.send(hex)
    if (typeof answer === 'string') throw new Error(`${hex}: ${answer}`)
    return answer
  }

  /** The first command after a disc was put in is answered with the news of it. */
  async settle(): Promise<this> {
    await this.send('00')
    return this
  }

  dispose(): void {
    this.control({ op: 'remove' })
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

export const blocks = (count: number, byte: number, size = 2048): Buffer => Buffer.alloc(count * size, byte)
const block = (lba: number): string => (lba >>> 0).toString(16).padStart(8, '0')
const word = (value: number): string => value.toString(16).padStart(4, '0')
export const write10 = (lba: number, count: number): string => `2a 00 ${block(lba)} 00 ${word(count)} 00`
export const read10 = (lba: number, count: number): string => `28 00 ${block(lba)} 00 ${word(count)} 00`
export const reserve = (count: number): string => `53 00 00 00 00 ${block(count)} 00`

/** MODE SELECT(10) with the write parameters page: type of writing, and whether a further session may follow. */
export function writeParameters({
  type,
  isMulti = false,
  simulates = false,
}: {
  type: number
  isMulti?: boolean
  simulates?: boolean
}): [string, Buffer] {
  const page = Buffer.alloc(52)
  page.set([5, 50, type | (simulates ? 0x10 : 0), isMulti ? 0xc4 : 0x04, 8])
  return ['55 10 00 00 00 00 00 00 3c', Buffer.concat([Buffer.alloc(8), page])]
}
