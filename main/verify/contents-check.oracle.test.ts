/** Checksum files inside images, made by the coreutils over what xorriso put in. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openImage } from '../image/open-image.ts'
import { quietControl } from '../image/testing/quiet-control.ts'
import { checkContents } from './contents-check.ts'
import { safetyFacts } from './safety-facts.ts'

let scratch: string
let tree: string
let image: string
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'isomer-contents-'))
  tree = join(scratch, 'tree')
  image = join(scratch, 'image.iso')
  mkdirSync(join(tree, 'pool/main'), { recursive: true })
  writeFileSync(join(tree, 'README'), 'read me')
  writeFileSync(join(tree, 'pool/main/big.deb'), Buffer.alloc(400_000, 'package'))
  writeFileSync(join(tree, 'pool/main/empty'), '')
  symlinkSync('main', join(tree, 'pool/stable'))
})
afterEach(() => rmSync(scratch, { recursive: true, force: true }))

const listWith = (tool: string, name: string) =>
  writeFileSync(
    join(tree, name),
    execFileSync('sh', ['-c', `find . -type f ! -name '${name}' | sort | xargs -d '\\n' ${tool}`], { cwd: tree }),
  )
const make = (...args: string[]) =>
  execFileSync('xorriso', ['-as', 'mkisofs', '-quiet', '-R', ...args, '-o', image, tree], { stdio: 'ignore' })
async function report() {
  const opened = openImage(image)
  try {
    return await checkContents(opened, quietControl())
  } finally {
    opened.close()
  }
}
async function facts() {
  const opened = openImage(image)
  try {
    return (await safetyFacts(opened, quietControl())).map(({ code, severity, path, message }) => ({ code, severity, path, message }))
  } finally {
    opened.close()
  }
}

/** Changes bytes of the image where this content lies. */
function spoil(content: string, by: string): void {
  const bytes = readFileSync(image)
  const at = bytes.indexOf(content)
  if (at < 0) throw new Error(`${content} is not in the image`)
  bytes.write(by, at, 'latin1')
  writeFileSync(image, bytes)
}

describe('files inside an image', () => {
  it.each([
    ['md5sum', 'md5sum.txt'],
    ['sha256sum', 'SHA256SUMS'],
    ['b2sum --tag', 'B2SUMS'],
  ])('are as %s says', async (tool, name) => {
    listWith(tool, name)
    make()
    expect(await report()).toEqual([
      { listPath: `/${name}`, same: 3, damaged: { paths: [], more: 0 }, missing: { paths: [], more: 0 }, unlisted: 0 },
    ])
  })

  it('are named when they are damaged, missing or not listed', async () => {
    writeFileSync(join(tree, 'gone'), 'gone')
    listWith('md5sum', 'md5sum.txt')
    rmSync(join(tree, 'gone'))
    writeFileSync(join(tree, 'extra'), 'extra')
    make()
    spoil('read me', 'reed me')
    expect(await report()).toMatchObject([{ same: 2, damaged: { paths: ['/README'] }, missing: { paths: ['/gone'] }, unlisted: 1 }])
  })

  it('are found through links, and never outside or in circles', async () => {
    symlinkSync('loop', join(tree, 'loop'))
    symlinkSync('../..', join(tree, 'pool/out'))
    const line = execFileSync('md5sum', ['pool/stable/big.deb'], { cwd: tree, encoding: 'utf8' })
    writeFileSync(
      join(tree, 'md5sum.txt'),
      ['pool/stable/big.deb', 'loop', 'pool/out/README', 'pool/../../README']
        .map((name) => line.replace('pool/stable/big.deb', name))
        .join(''),
    )
    make()
    expect(await report()).toMatchObject([{ same: 1, missing: { paths: ['/loop', '/pool/out/README', '/pool/../../README'] } }])
  })

  it('are damaged when the image ends before they do', async () => {
    listWith('md5sum', 'md5sum.txt')
    make('-no-pad')
    writeFileSync(image, readFileSync(image).subarray(0, -50 * 2048))
    expect(await report()).toMatchObject([{ damaged: { paths: expect.arrayContaining(['/pool/main/big.deb']) } }])
  })
})

describe('facts about an image from a stranger', () => {
  it('are none for a plain one', async () => {
    make('-J')
    expect(await facts()).toEqual([])
  })

  it('tell of programs, of those in disguise, and of autorun', async () => {
    writeFileSync(join(tree, 'AUTORUN.INF'), '[autorun]\r\nopen=setup.exe /s\r\nicon=x.ico\r\nshell\\more\\command = tool.cmd\r\n')
    for (const name of ['setup.exe', 'tool.cmd', 'photo.jpg.exe', 'gpj\u202eexe.scr', `letter.pdf${' '.repeat(20)}.exe`, 'App.dmg'])
      writeFileSync(join(tree, name), `program ${name}`)
    make('-J')
    const found = await facts()
    expect(found.find(({ code }) => code === 'autorun')).toMatchObject({
      severity: 'suspicious',
      message: expect.stringContaining('‘setup.exe /s’, ‘tool.cmd’'),
    })
    expect(found.find(({ code }) => code === 'programs-windows')?.message).toContain('5 programs for Windows')
    expect(found.find(({ code }) => code === 'programs-macos')?.message).toContain('1 program for macOS')
    expect(found.filter(({ code }) => code.startsWith('disguised-')).map(({ code }) => code)).toEqual(
      expect.arrayContaining(['disguised-turned', 'disguised-padded', 'disguised-double']),
    )
  })

  it('tell of what is marked as hidden', async () => {
    execFileSync('genisoimage', ['-quiet', '-R', '-J', '-hidden', 'README', '-o', image, tree], { stdio: 'ignore' })
    expect(await facts()).toMatchObject([{ code: 'hidden-entries', severity: 'note', path: expect.stringMatching(/README/i) }])
  })

  it('tell of an autorun that starts nothing', async () => {
    writeFileSync(join(tree, 'autorun.inf'), Buffer.from('\ufeff[autorun]\r\nlabel=Disc\r\n', 'utf16le'))
    make()
    expect(await facts()).toMatchObject([{ code: 'autorun', severity: 'note' }])
  })

  it('tell of data behind the end of the volume, but not of zeros', async () => {
    make()
    writeFileSync(image, Buffer.concat([readFileSync(image), Buffer.alloc(200_000)]))
    expect(await facts()).toEqual([])
    writeFileSync(image, Buffer.concat([readFileSync(image), Buffer.from('PK something')]))
    expect(await facts()).toMatchObject([
      { code: 'appended-data', severity: 'suspicious', message: expect.stringContaining('200,012 bytes') },
    ])
  })

  it('do not take the end of a UDF volume for appended data', async () => {
    const udf = join(scratch, 'disc.udf')
    writeFileSync(udf, Buffer.alloc(2_000_000))
    execFileSync('mkudffs', ['--media-type=dvd', '--blocksize=2048', udf], { stdio: 'ignore' })
    image = udf
    expect(await facts()).toEqual([])
  })

  it('do not take the partitions of a hybrid image for appended data', async () => {
    const efi = join(scratch, 'efi.img')
    writeFileSync(efi, Buffer.alloc(1_000_000, 'efi'))
    make('-appended_part_as_gpt', '-append_partition', '2', '0xef', efi)
    expect(await facts()).toEqual([])
  })
})
