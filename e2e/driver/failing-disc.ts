/**
 * A file that behaves like a damaged disc: qemu's storage daemon shows an image through FUSE, in which reads of some
 * sectors fail with EIO, as the kernel gives it, and the others come no faster than told.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { stat, writeFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'

const SECTOR_BYTES = 2048
/** Of the daemon. */
const BLOCK_BYTES = 512
const EIO = 5
const PATIENCE_MS = 20_000

export interface Damage {
  readonly badSectors: readonly number[]
  /** As fast as the machine can when not given. */
  readonly bytesPerSecond?: number
}

export class FailingDisc {
  readonly path: string
  readonly #daemon: ChildProcess

  private constructor(path: string, daemon: ChildProcess) {
    this.path = path
    this.#daemon = daemon
  }

  /** Whether this machine can have one. */
  static isPossible(): boolean {
    const help = spawnSync('qemu-storage-daemon', ['--help'], { encoding: 'utf8' })
    return existsSync('/dev/fuse') && help.stdout?.includes('type=]fuse') === true
  }

  static async show(imagePath: string, path: string, { badSectors, bytesPerSecond }: Damage): Promise<FailingDisc> {
    const rules = `${path}.rules`
    await writeFile(path, '')
    await writeFile(rules, badSectors.map(ruleFor).join('\n'))
    const throttling = bytesPerSecond === undefined ? [] : ['--object', `throttle-group,id=speed,x-bps-read=${bytesPerSecond}`]
    const top = bytesPerSecond === undefined ? 'bad' : 'slow'
    const slow = bytesPerSecond === undefined ? [] : ['--blockdev', 'driver=throttle,throttle-group=speed,file=bad,node-name=slow']
    const daemon = spawn(
      'qemu-storage-daemon',
      [
        ...throttling,
        ...['--blockdev', `driver=file,filename=${imagePath},node-name=image`],
        ...['--blockdev', `driver=blkdebug,image=image,config=${rules},node-name=bad`],
        ...slow,
        ...['--export', `fuse,id=disc,node-name=${top},mountpoint=${path},writable=off`],
      ],
      { stdio: 'inherit' },
    )
    const disc = new FailingDisc(path, daemon)
    await disc.#untilShown()
    return disc
  }

  async hide(): Promise<void> {
    if (this.#daemon.exitCode !== null) return
    this.#daemon.kill('SIGTERM')
    await new Promise((ended) => this.#daemon.once('exit', ended))
  }

  async #untilShown(): Promise<void> {
    for (let waitedMs = 0; waitedMs < PATIENCE_MS; waitedMs += 50) {
      if ((await stat(this.path)).size > 0) return
      if (this.#daemon.exitCode !== null) break
      await sleep(50)
    }
    throw new Error('qemu-storage-daemon shows no disc')
  }
}

function ruleFor(sector: number): string {
  const first = (sector * SECTOR_BYTES) / BLOCK_BYTES
  const rule = (block: number) => `[inject-error]\nevent = "none"\niotype = "read"\nerrno = "${EIO}"\nsector = "${block}"\nonce = "off"\n`
  return Array.from({ length: SECTOR_BYTES / BLOCK_BYTES }, (_, block) => rule(first + block)).join('\n')
}
