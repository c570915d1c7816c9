/** One connection of an initiator: carries commands to the burner, one after the other, and brings back what came of them. */
import type { Socket } from 'node:net'
import type { Burner, CommandOutcome, ConnectionFacts } from './burner.ts'
import { defaultParameters, negotiate, OUR_SEGMENT_BYTES } from './iscsi-login.ts'
import {
  answerTo,
  encode,
  FINAL,
  formatKeys,
  HEADER_BYTES,
  isImmediate,
  type Message,
  MessageReader,
  NO_TAG,
  opcodeOf,
  parseKeys,
  requests,
  responses,
  tagOf,
} from './iscsi-message.ts'

/** Commands that may be under way. */
const COMMAND_WINDOW = 32
const COMMAND_NOT_SUPPORTED = 0x05
const TARGET_NOT_FOUND = [2, 3] as const
const FULL_FEATURE_STAGE = 3
const TRANSIT = 0x80
const flags = { write: 0x20, read: 0x40, overflow: 0x04, underflow: 0x02 } as const
const ABORT_TASK = 1

/** Data of a command on its way to us. */
interface Transfer {
  take(message: Message): void
  fail(error: Error): void
}

class Aborted extends Error {}

export interface Target {
  readonly name: string
  readonly burner: Burner
  readonly log: (line: string) => void
}

export class IscsiConnection {
  readonly #socket: Socket
  readonly #target: Target
  readonly #reader = new MessageReader()
  readonly #parameters = defaultParameters()
  readonly #facts: ConnectionFacts = { wasAskedForCapacity: false }
  readonly #transfers = new Map<number, Transfer>()
  readonly #aborted = new Set<number>()
  #statusNumber = 1
  #commandNumber = 1
  #transferTag = 1
  #hasBegun = false
  /** Commands run in their order. */
  #queue: Promise<void> = Promise.resolve()

  constructor(socket: Socket, target: Target) {
    this.#socket = socket
    this.#target = target
    socket.setNoDelay(true)
    socket.on('data', (piece) => {
      for (const message of this.#reader.take(piece)) this.#handle(message)
    })
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      for (const transfer of this.#transfers.values()) transfer.fail(new Aborted())
    })
  }

  #handle(message: Message): void {
    const { header } = message
    const opcode = opcodeOf(header)
    if (opcode === requests.dataOut) {
      this.#transfers.get(tagOf(header))?.take(message)
      return
    }
    this.#count(header, opcode)
    switch (opcode) {
      case requests.login:
        this.#login(message)
        break
      case requests.text:
        this.#text(message)
        break
      case requests.nop:
        this.#nop(message)
        break
      case requests.scsi:
        this.#command(message)
        break
      case requests.task:
        this.#task(header)
        break
      case requests.logout:
        this.#send(answerTo(header, responses.logout))
        this.#socket.end()
        break
      default:
        this.#reject(header)
    }
  }

  #count(header: Buffer, opcode: number): void {
    const number = header.readUInt32BE(24)
    if (opcode === requests.login && !this.#hasBegun) {
      this.#commandNumber = number
      this.#hasBegun = true
    }
    if (!isImmediate(header)) this.#commandNumber = (number + 1) >>> 0
  }

  /** `hasStatus`: the message counts; data and requests for data don't. */
  #send(header: Buffer, data: Buffer = Buffer.alloc(0), hasStatus = true): void {
    header.writeUInt32BE(this.#statusNumber, 24)
    if (hasStatus) this.#statusNumber = (this.#statusNumber + 1) >>> 0
    header.writeUInt32BE(this.#commandNumber, 28)
    header.writeUInt32BE((this.#commandNumber + COMMAND_WINDOW - 1) >>> 0, 32)
    if (!this.#socket.destroyed) this.#socket.write(encode(header, data))
  }

  #reject(header: Buffer): void {
    const reject = Buffer.alloc(HEADER_BYTES)
    reject[0] = responses.reject
    reject[1] = FINAL
    reject[2] = COMMAND_NOT_SUPPORTED
    reject.writeUInt32BE(NO_TAG, 16)
    this.#send(reject, header)
  }

  #login({ header, data }: Message): void {
    const bits = header[1] ?? 0
    const stage = (bits >> 2) & 3
    const transit = (bits & TRANSIT) !== 0 ? TRANSIT | (bits & FULL_FEATURE_STAGE) : 0
    const { keys, isOurs } = negotiate(data, stage, this.#target.name, this.#parameters)
    const answer = answerTo(header, responses.login, transit | (stage << 2))
    header.copy(answer, 8, 8, 14)
    answer.writeUInt16BE(1, 14) // the session's handle
    if (!isOurs) answer.set(TARGET_NOT_FOUND, 36)
    this.#send(answer, isOurs ? formatKeys(keys) : Buffer.alloc(0))
    if (!isOurs) this.#socket.end()
  }

  /** Discovery: which targets there are. */
  #text({ header, data }: Message): void {
    const answer = answerTo(header, responses.text)
    answer.writeUInt32BE(NO_TAG, 20)
    const { localAddress, localPort } = this.#socket
    const found = [
      ['TargetName', this.#target.name],
      ['TargetAddress', `${localAddress}:${localPort},1`],
    ] as const
    this.#send(answer, parseKeys(data).has('SendTargets') ? formatKeys(found) : Buffer.alloc(0))
  }

  #nop({ header, data }: Message): void {
    if (tagOf(header) === NO_TAG) return
    const answer = answerTo(header, responses.nop)
    header.copy(answer, 8, 8, 16)
    answer.writeUInt32BE(NO_TAG, 20)
    this.#send(answer, data)
  }

  #task(header: Buffer): void {
    const isOne = ((header[1] ?? 0) & 0x7f) === ABORT_TASK
    for (const tag of isOne ? [header.readUInt32BE(20)] : [...this.#transfers.keys()]) {
      this.#aborted.add(tag)
      this.#transfers.get(tag)?.fail(new Aborted())
    }
    this.#send(answerTo(header, responses.task))
  }

  #command({ header, data }: Message): void {
    this.#aborted.delete(tagOf(header))
    const copy = { header: Buffer.from(header), data: Buffer.from(data) }
    this.#queue = this.#queue
      .then(() => this.#run(copy))
      .catch((error: unknown) => {
        if (!(error instanceof Aborted)) this.#target.log(`A command failed: ${String((error as Error).stack)}`)
      })
  }

  async #run({ header, data }: Message): Promise<void> {
    const tag = tagOf(header)
    if (this.#aborted.has(tag)) return
    const expectedBytes = header.readUInt32BE(20)
    const isWriting = ((header[1] ?? 0) & flags.write) !== 0
    const input = isWriting ? await this.#collect(header, data, expectedBytes) : null
    const outcome = await this.#target.burner.execute(header.subarray(32, 48), input, this.#facts)
    if (this.#aborted.has(tag)) return
    const available = outcome.data?.length ?? 0
    const sentBytes = isWriting ? expectedBytes : this.#sendData(header, outcome.data?.subarray(0, expectedBytes))
    this.#sendStatus(header, outcome, { expectedBytes, sentBytes, available })
  }

  /** The data that belongs to a command: what came with it, then what is asked for. */
  #collect(header: Buffer, first: Buffer, expectedBytes: number): Promise<Buffer> {
    const data = Buffer.alloc(expectedBytes)
    first.copy(data)
    if (first.length >= expectedBytes) return Promise.resolve(data)
    const tag = tagOf(header)
    return new Promise((resolve, reject) => {
      let have = first.length
      let until = have
      let asked = 0
      const ask = () => {
        const length = Math.min(expectedBytes - have, this.#parameters.maxBurstBytes)
        this.#askForData(header, { number: asked++, offset: have, length })
        until = have + length
      }
      const settle = (act: () => void) => {
        this.#transfers.delete(tag)
        act()
      }
      this.#transfers.set(tag, {
        fail: (error) => settle(() => reject(error)),
        take: (message) => {
          message.data.copy(data, message.header.readUInt32BE(40))
          have += message.data.length
          if (have >= expectedBytes) settle(() => resolve(data))
          else if (have >= until) ask()
        },
      })
      ask()
    })
  }

  #askForData(header: Buffer, { number, offset, length }: { number: number; offset: number; length: number }): void {
    const answer = answerTo(header, responses.readyToTransfer)
    header.copy(answer, 8, 8, 16)
    answer.writeUInt32BE(this.#transferTag++ >>> 0, 20)
    answer.writeUInt32BE(number, 36)
    answer.writeUInt32BE(offset, 40)
    answer.writeUInt32BE(length, 44)
    this.#send(answer, undefined, false)
  }

  #sendData(header: Buffer, data: Buffer = Buffer.alloc(0)): number {
    const step = Math.min(this.#parameters.theirSegmentBytes, OUR_SEGMENT_BYTES)
    for (let offset = 0, number = 0; offset < data.length; offset += step, number++) {
      const piece = data.subarray(offset, offset + step)
      const answer = answerTo(header, responses.dataIn, offset + piece.length >= data.length ? FINAL : 0)
      header.copy(answer, 8, 8, 16)
      answer.writeUInt32BE(NO_TAG, 20)
      answer.writeUInt32BE(number, 36)
      answer.writeUInt32BE(offset, 40)
      this.#send(answer, piece, false)
    }
    return data.length
  }

  #sendStatus(
    header: Buffer,
    { status, sense }: CommandOutcome,
    bytes: { expectedBytes: number; sentBytes: number; available: number },
  ): void {
    const answer = answerTo(header, responses.scsi)
    answer[3] = status
    const isOverflow = bytes.available > bytes.expectedBytes
    const residual = isOverflow ? bytes.available - bytes.expectedBytes : bytes.expectedBytes - bytes.sentBytes
    if (residual > 0 && ((header[1] ?? 0) & (flags.read | flags.write)) !== 0) {
      answer[1] = FINAL | (isOverflow ? flags.overflow : flags.underflow)
      answer.writeUInt32BE(residual, 44)
    }
    if (sense === undefined) this.#send(answer)
    else {
      const length = Buffer.alloc(2)
      length.writeUInt16BE(sense.length)
      this.#send(answer, Buffer.concat([length, sense]))
    }
  }
}
