/** The burner as what carries commands sees it: a command and its data in, a status and data or sense out. */
import type { Command } from './command.ts'
import { Drive } from './drive.ts'
import { driveCommands } from './drive-commands.ts'
import type { DriveOrder, DriveState } from './drive-control.ts'
import type { DriveIdentity } from './inquiry.ts'
import { readingCommands } from './reading-commands.ts'
import { faulty, Sense, unknownCommand } from './sense.ts'
import { writingCommands } from './writing-commands.ts'

const commands: ReadonlyMap<number, Command> = new Map([...driveCommands, ...readingCommands, ...writingCommands])
const CHECK_CONDITION = 2
const READ_CAPACITY = 0x25

export interface CommandOutcome {
  /** 0: good · 2: failed, for the reason in `sense`. */
  readonly status: number
  readonly data?: Buffer
  readonly sense?: Buffer
}

/** Of one connection. */
export interface ConnectionFacts {
  wasAskedForCapacity: boolean
}

export class Burner {
  readonly #drive: Drive
  readonly #log: (line: string) => void

  constructor(identity: Partial<DriveIdentity> = {}, log: (line: string) => void = () => {}) {
    this.#drive = new Drive(identity)
    this.#log = log
  }

  control(order: DriveOrder): DriveState {
    return this.#drive.control(order)
  }

  /** Runs a command to its end. Never rejects: a fault of ours is a fault of the drive, and in the log. */
  async execute(cdb: Buffer, data: Buffer | null, connection: ConnectionFacts): Promise<CommandOutcome> {
    const opcode = cdb[0] ?? 0
    const command = commands.get(opcode)
    const say = (outcome: string) => this.#log(`${(command?.name ?? '?').padEnd(30)} ${cdb.subarray(0, 12).toString('hex')} ${outcome}`)
    try {
      if (opcode === READ_CAPACITY && this.#answersForEmptyDrive(connection))
        return { status: 0, data: Buffer.from([0, 0, 0, 0, 0, 0, 8, 0]) }
      this.#requireAttention(command)
      if (command === undefined) throw unknownCommand()
      const answer = await command.run(this.#drive, cdb, data)
      say('ok')
      return { status: 0, ...(answer !== null && { data: command.allocation ? answer.subarray(0, command.allocation(cdb)) : answer }) }
    } catch (error) {
      say(error instanceof Sense ? error.message : String((error as Error).stack))
      const sense = error instanceof Sense ? error : faulty()
      this.#drive.lastSense = sense
      return { status: CHECK_CONDITION, sense: sense.bytes }
    }
  }

  /** QEMU refuses a drive whose first question for its capacity fails, so that one is answered even with an empty tray. */
  #answersForEmptyDrive(connection: ConnectionFacts): boolean {
    const isFirst = !connection.wasAskedForCapacity
    connection.wasAskedForCapacity = true
    return isFirst && this.#drive.disc === null
  }

  /** What the drive has to say comes before what it is asked. */
  #requireAttention(command: Command | undefined): void {
    if (command?.isAlwaysAnswered) return
    const attention = this.#drive.attention.shift() ?? this.#drive.busySense
    if (attention !== null && attention !== undefined) throw attention
  }
}
