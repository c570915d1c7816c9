/** Other people's initiators talk to the burner: QEMU's block driver, which the lab uses, and libiscsi's programs. */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startVirtualBurner, type VirtualBurner } from './virtual-burner.ts'

/** Debian's qemu-utils and qemu-block-extra. */
const hasQemuInitiator =
  existsSync('/usr/bin/qemu-img') &&
  ['/usr/lib/x86_64-linux-gnu/qemu/block-iscsi.so', '/usr/lib/qemu/block-iscsi.so'].some((path) => existsSync(path))
const hasLibiscsi = existsSync('/usr/bin/iscsi-inq')

let scratch: string
let burner: VirtualBurner
let image: Buffer
beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'isomer-initiators-'))
  image = Buffer.alloc(3_000 * 2048)
  for (let at = 0; at < image.length; at += 4) image.writeUInt32LE((at * 2_654_435_761) % 2 ** 32, at)
  writeFileSync(join(scratch, 'image'), image)
  burner = await startVirtualBurner()
  burner.control({ op: 'insert', kind: 'dvd-rom', path: join(scratch, 'image') })
})
afterAll(async () => {
  await burner.stop()
  rmSync(scratch, { recursive: true, force: true })
})

/** Not `spawnSync`: the burner answers in this process. */
function run(program: string, ...args: string[]): Promise<{ exitCode: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args)
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => (output += piece)) // biome-ignore format: one thing
    child.once('error', reject)
    child.once('close', (exitCode) => resolve({ exitCode, output }))
  })
}

describe.skipIf(!hasQemuInitiator)('QEMU', () => {
  it('reads a disc whole', async () => {
    const copy = join(scratch, 'copy')
    const { exitCode, output } = await run('qemu-img', 'convert', '-f', 'raw', '-O', 'raw', burner.url, copy)
    expect([exitCode, output]).toEqual([0, ''])
    expect(readFileSync(copy).equals(image)).toBe(true)
  })

  it('is told of a sector that can’t be read', async () => {
    burner.control({ op: 'faults', readErrors: [1000] })
    const { output } = await run('qemu-io', '-r', '-f', 'raw', '-c', 'read 2048000 2k', '-c', 'read 2050048 2k', burner.url)
    burner.control({ op: 'faults' })
    expect(output).toMatch(/read failed/)
    expect(output).toContain('read 2048/2048 bytes at offset 2050048')
  })
})

describe.skipIf(!hasLibiscsi)('libiscsi', () => {
  it('finds the drive and asks who it is', async () => {
    expect((await run('iscsi-inq', burner.url)).output).toMatch(/Vendor:VBURN[\s\S]*Product:VIRTUAL BURNER/)
    expect((await run('iscsi-ls', '-s', burner.url.replace(/iqn.*/, ''))).output).toContain('Lun:1')
  })
})
