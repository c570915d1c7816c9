/**
 * A machine with Debian's kernel, for what this machine's kernel can't or mustn't do. It forgets everything when it stops,
 * sees the repository read-only at /isomer, with `isomer` the built command line, and shares a folder with its host at /lab.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { inject } from 'vitest'
import type { AgentReport, AgentRequest, GuestUser } from './agent-protocol.ts'

export interface GuestRequest {
  /** With systemd and logind, for what asks about sessions; it takes twice as long to start. */
  readonly systemd?: boolean
  /** More words for QEMU: drives and their controllers. */
  readonly devices?: readonly string[]
  readonly memoryMib?: number
}

export interface CommandRequest {
  readonly user?: GuestUser
  readonly input?: string | Uint8Array
}

export interface CommandResult {
  /** Null when a signal ended it. */
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/** A command that runs in the guest. */
export interface GuestCommand {
  readonly result: Promise<CommandResult>
  kill(signal: NodeJS.Signals): void
}

interface Running {
  readonly stdout: Buffer[]
  readonly stderr: Buffer[]
  readonly settle: (result: CommandResult) => void
  readonly fail: (error: Error) => void
}

/** Many times what a start takes, for machines that are busy. */
const START_TIMEOUT_MS = 500_000
const ROOT = join(import.meta.dirname, '../../..')

export class Guest {
  /** A folder that the guest sees as /lab. */
  readonly folder: string
  readonly #machine: ChildProcess
  readonly #agent: Socket
  readonly #server: Server
  readonly #running = new Map<number, Running>()
  #nextId = 1

  private constructor(folder: string, machine: ChildProcess, server: Server, agent: Socket) {
    this.folder = folder
    this.#machine = machine
    this.#server = server
    this.#agent = agent
    machine.on('close', () => this.#failAll('the machine stopped'))
  }

  /** Starts a machine and waits until it takes commands. */
  static async start(request: GuestRequest = {}): Promise<Guest> {
    const folder = mkdtempSync(join(tmpdir(), 'isomer-lab-'))
    chmodSync(folder, 0o755) // for the guest's users
    // Of its own: a test in here outlives a rebuild.
    const build = join(ROOT, 'dist')
    cpSync(build, join(folder, '.build'), {
      recursive: true,
      filter: (path) => !path.startsWith(join(build, 'renderer')) && !path.endsWith('.map'),
    })
    const port = join(folder, '.agent')
    const server = createServer().listen(port)
    await once(server, 'listening')
    const connected = once(server, 'connection') as Promise<[Socket]>
    // A machine that hangs while it starts would not notice that its host is gone.
    const command = ['--pdeathsig', 'KILL', 'qemu-system-x86_64', ...machineOf(request, folder, port)]
    const machine = spawn('setpriv', command, { stdio: ['ignore', 'ignore', 'pipe'] })
    let complaint = ''
    machine.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaint += text
    })
    const died = once(machine, 'close').then(() => Promise.reject(new Error(`QEMU stopped. ${complaint}${lastShown(folder)}`)))
    try {
      const [agent] = await Promise.race([connected, died])
      const guest = new Guest(folder, machine, server, agent)
      await Promise.race([guest.#listen(), died])
      // On the guest's own disk it starts in half the time.
      await guest.run('cp -r /lab/.build /var/lib/isomer && mount --bind /var/lib/isomer /isomer/dist')
      return guest
    } catch (error) {
      machine.kill('SIGKILL')
      server.close()
      rmSync(folder, { recursive: true, force: true })
      throw error
    }
  }

  /** Runs a bash script to its end. */
  run(script: string, request: CommandRequest = {}): Promise<CommandResult> {
    return this.start(script, request).result
  }

  /** Starts a bash script and leaves it running. */
  start(script: string, { user = 'root', input = '' }: CommandRequest = {}): GuestCommand {
    const id = this.#nextId++
    const result = new Promise<CommandResult>((settle, fail) => {
      this.#running.set(id, { stdout: [], stderr: [], settle, fail })
    })
    this.#ask({ id, script, user, input: Buffer.from(input).toString('base64') })
    return { result, kill: (signal) => this.#ask({ id, signal }) }
  }

  /** Switches the machine off, which loses nothing of /lab. */
  async stop(): Promise<void> {
    const closed = once(this.#machine, 'close')
    this.#machine.kill('SIGKILL') // it takes no other signal while it waits for a drive
    await closed
    this.#agent.destroy()
    this.#server.close()
    rmSync(this.folder, { recursive: true, force: true })
  }

  #ask(request: AgentRequest): void {
    this.#agent.write(`${JSON.stringify(request)}\n`)
  }

  /** Settles when the agent is ready. */
  #listen(): Promise<void> {
    return new Promise((ready, fail) => {
      const timer = setTimeout(() => fail(new Error(`The guest gave no sign of life. ${lastShown(this.folder)}`)), START_TIMEOUT_MS)
      createInterface({ input: this.#agent }).on('line', (line) => {
        const report = JSON.parse(line) as AgentReport
        if ('ready' in report) {
          clearTimeout(timer)
          ready()
        } else this.#take(report)
      })
    })
  }

  #take(report: Exclude<AgentReport, { ready: true }>): void {
    const running = this.#running.get(report.id)
    if (running === undefined) return
    if ('stdout' in report) running.stdout.push(Buffer.from(report.stdout, 'base64'))
    else if ('stderr' in report) running.stderr.push(Buffer.from(report.stderr, 'base64'))
    else {
      this.#running.delete(report.id)
      const [stdout, stderr] = [running.stdout, running.stderr].map((pieces) => Buffer.concat(pieces).toString()) as [string, string]
      running.settle({ exitCode: report.exitCode, signal: report.signal, stdout, stderr })
    }
  }

  #failAll(why: string): void {
    for (const { fail } of this.#running.values()) fail(new Error(`${why}. ${lastShown(this.folder)}`))
    this.#running.clear()
  }
}

function machineOf({ systemd = false, devices = [], memoryMib = 1024 }: GuestRequest, folder: string, port: string): string[] {
  const { kernel, initramfs, root } = inject('guest')
  const share = (tag: string, path: string, more = '') => ['-virtfs', `local,path=${path},mount_tag=${tag},security_model=none${more}`]
  return [
    // Not KVM: some machines that offer it hang in the kernel's first steps. One processor without wide vectors does the
    // same work in two thirds of the time that two take with all that can be emulated.
    ...['-machine', 'pc', '-accel', 'tcg,thread=multi', '-cpu', 'Nehalem', '-smp', '1', '-m', String(memoryMib)],
    ...['-nodefaults', '-no-user-config', '-no-reboot', '-display', 'none', '-monitor', 'none', '-serial', `file:${consoleOf(folder)}`],
    ...['-kernel', kernel, '-initrd', initramfs],
    ...['-append', `console=ttyS0 quiet panic=-1 mitigations=off no_timer_check random.trust_cpu=on${systemd ? ' lab.systemd' : ''}`],
    ...['-drive', `if=none,id=root,file=${root},format=raw,snapshot=on`, '-device', 'virtio-blk-pci,drive=root'],
    ...['-device', 'virtio-rng-pci'],
    ...['-chardev', `socket,id=agent,path=${port}`, '-device', 'virtio-serial', '-device', 'virtserialport,chardev=agent,name=isomer'],
    ...share('isomer', ROOT, ',readonly=on'),
    ...share('lab', folder),
    ...devices,
  ]
}

const consoleOf = (folder: string): string => join(folder, '.console')

function lastShown(folder: string): string {
  try {
    return `It showed last:\n${readFileSync(consoleOf(folder), 'utf8').trimEnd().split('\n').slice(-15).join('\n')}`
  } catch {
    return 'It showed nothing.' // it never got so far
  }
}
