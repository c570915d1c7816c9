/** A guest with the virtual burner, an image and a folder to burn, and blank discs of every kind. */
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { type LinuxTool, linuxTools } from '../../../main/drives/linux/linux-tool.ts'
import { createImage } from '../../../main/image/create/create-image.ts'
import { quietControl } from '../../../main/image/testing/quiet-control.ts'
import { defaultCreateOptions } from '../../../shared/image-project.ts'
import { type DiscKindName, discKindOf } from '../burner/disc-kinds.ts'
import type { DriveFaults } from '../burner/drive-control.ts'
import { burnerDevice, startVirtualBurner, type VirtualBurner } from '../burner/virtual-burner.ts'
import { Guest, type GuestRequest } from '../machine/guest.ts'

const FILES = 12

export class BurningBench {
  readonly guest: Guest
  readonly burner: VirtualBurner
  /** SHA-256 of each file of image and folder, as sha256sum prints them. */
  readonly hashes: string
  readonly #scratch: string
  #discNumber = 0

  private constructor(guest: Guest, burner: VirtualBurner, hashes: string, scratch: string) {
    this.guest = guest
    this.burner = burner
    this.hashes = hashes
    this.#scratch = scratch
  }

  /** `/lab/source` and its image `/lab/image.iso`, of some 3.6 MB. */
  static async start(request: GuestRequest = {}): Promise<BurningBench> {
    const scratch = mkdtempSync(join(tmpdir(), 'isomer-burning-'))
    const burner = await startVirtualBurner()
    const guest = await Guest.start({ ...request, devices: [...burnerDevice(burner.url), ...(request.devices ?? [])] })
    const hashes = writeFiles(guest.folder, 'source', FILES)
    const steps = [{ step: 'add' as const, hostPath: join(guest.folder, 'source'), into: '/', contentsOnly: true }]
    const project = { version: 1 as const, steps, options: { ...defaultCreateOptions, label: 'BURNED' } }
    await createImage({ project, outPath: join(guest.folder, 'image.iso'), overwrite: false }, quietControl())
    // A folder with one program each, so that there is nothing else to choose.
    const programs = (tool: LinuxTool) => ['eject', 'udevadm', tool, ...(tool === 'growisofs' ? ['dvd+rw-format'] : [])]
    const links = linuxTools.map((tool) => `mkdir -p /only/${tool}; ln -s $(type -P ${programs(tool).join(' ')}) /only/${tool}/`)
    await guest.run(links.join('\n'))
    return new BurningBench(guest, burner, hashes, scratch)
  }

  async stop(): Promise<void> {
    await this.guest.stop()
    await this.burner.stop()
    rmSync(this.#scratch, { recursive: true, force: true })
  }

  /** Puts a blank disc in and makes sure that the guest sees just that: a disc that was not changed would look burned. */
  async insert(kind: DiscKindName, faults: DriveFaults = {}, blocks?: number): Promise<void> {
    this.#discNumber++
    const path = join(this.#scratch, `disc ${this.#discNumber}.img`)
    const sequence = '/sys/block/sr0/diskseq'
    const { stdout: before } = await this.guest.run(`cat ${sequence}`)
    this.burner.control({ op: 'faults', ...faults })
    this.burner.control({ op: 'insert', kind, path, fresh: true, ...(blocks !== undefined && { blocks }) })
    const { disc } = this.burner.control({ op: 'state' })
    expect([disc?.kind, disc?.tracks.filter(({ nextBlock }) => nextBlock > 0)]).toEqual([kind, []])
    // The kernel looks for changed discs every two seconds, and udev then looks at them.
    const { stdout } = await this.guest.run(
      `until [ $(cat ${sequence}) != ${before.trim()} ]; do sleep .2; done; udevadm settle; udevadm info -q property /dev/sr0`,
    )
    expect(stdout).toContain('ID_CDROM_MEDIA=1')
    // A disc that comes formatted has nothing on it that udev could tell of.
    if (discKindOf(kind).isFormatted !== true) expect(stdout).toContain('ID_CDROM_MEDIA_STATE=blank')
  }

  /** Runs Isomer, with no other program but `tool` to burn with. */
  async isomer(args: string, tool: LinuxTool | null = null) {
    const path = tool === null ? '' : `PATH=/only/${tool} `
    const { exitCode, stdout, stderr } = await this.guest.run(`${path}/usr/bin/node /isomer/dist/cli.js ${args} --json`)
    return { exitCode, stderr, result: stdout === '' ? null : JSON.parse(stdout), error: errorIn(stderr) }
  }

  /** SHA-256 of each file that the guest's kernel shows of the disc. */
  async mountedHashes(options = ''): Promise<string> {
    const mount = `mount -r ${options === '' ? '' : `-o ${options} `}/dev/sr0 /mnt`
    const { stdout } = await this.guest.run(`${mount} && (cd /mnt && find . -type f -exec sha256sum {} +); umount /mnt`)
    return sorted(stdout)
  }

  /** Burns, has it read back, and sees with the guest's own kernel that the files are there. */
  async expectBurned(what: string, tool: LinuxTool | null = null): Promise<void> {
    const { exitCode, result, stderr } = await this.isomer(`burn ${what} /dev/sr0 --yes --verify`, tool)
    const copies = [{ written: true, verified: expect.objectContaining({ isSame: true }), verifyProblem: null, ejected: null }]
    expect({ exitCode, stderr, copies: result?.copies }).toEqual({ exitCode: 0, stderr, copies })
    if (tool !== null) expect(result.tool).toBe(tool)
    expect(await this.mountedHashes()).toBe(this.hashes)
  }
}

const sorted = (lines: string): string => lines.trim().split('\n').sort().join('\n')

/** What Isomer reported in the form for programs. */
export function errorIn(stderr: string) {
  const line = stderr
    .trim()
    .split('\n')
    .findLast((text) => text.startsWith('{"error"'))
  return line === undefined ? undefined : JSON.parse(line).error
}

/** Files whose bytes tell their place; gives their SHA-256 as sha256sum prints them. */
export function writeFiles(folder: string, name: string, count: number): string {
  mkdirSync(join(folder, name, 'folder'), { recursive: true })
  const lines = Array.from({ length: count }, (_, i) => {
    const bytes = Buffer.alloc(300_000 + i * 111)
    for (let at = 0; at + 4 <= bytes.length; at += 4) bytes.writeUInt32LE((at * 2_654_435_761 + i + name.length) % 2 ** 32, at)
    writeFileSync(join(folder, name, 'folder', `${name} ${i}.bin`), bytes)
    return `${createHash('sha256').update(bytes).digest('hex')}  ./folder/${name} ${i}.bin`
  })
  return lines.sort().join('\n')
}
