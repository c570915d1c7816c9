/** The command line as people start it: built, in a process of its own. */
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import commandNames from '../../shared/cli-commands.json' with { type: 'json' }
import { lba, tinyImage } from '../image/testing/tiny-image.ts'
import { commandLoaders } from './command-table.ts'

let scratch: string
let cli: string
let image: string
beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'isomer-cli-'))
  const root = resolve(import.meta.dirname, '../..')
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    define: { ISOMER_VERSION: '"1.2.3"' },
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir: join(scratch, 'dist'),
      target: 'node20',
      minify: false,
      rolldownOptions: {
        input: { cli: join(root, 'main/cli/main.ts') },
        external: [/^node:/, ...builtinModules],
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name].js' },
      },
    },
  })
  cli = join(scratch, 'dist/cli.js')
  image = join(scratch, 'tiny.iso')
  writeFileSync(image, tinyImage())
})
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

function isomer(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { encoding: 'utf8' })
  return { status, stdout, stderr }
}

const json = (text: string): Record<string, unknown> => JSON.parse(text)
const jsonLines = (text: string): Record<string, unknown>[] => text.trim().split('\n').map(json)

describe('wrong usage', () => {
  it.each([
    [['lst', 'x.iso'], 'There is no command lst.', 'Did you mean isomer list?'],
    [['list'], 'list needs more than that', ''],
    [['list', 'x.iso', '--veiw', 'joliet'], 'list has no option --veiw.', 'Did you mean --view?'],
    [['list', 'x.iso', '--view', 'hfs'], "--view can't be hfs.", 'It can be auto, iso9660, joliet, rockridge, udf.'],
    [['list', 'x.iso', '--view'], '--view needs a value', ''],
    [['info', 'a', 'b'], 'info does not know what to do with b.', ''],
    [['extract', 'x.iso'], 'extract needs a folder to write to: -o DIR.', ''],
    [['create', 'folder'], 'create needs a name for the image: -o OUT.iso.', ''],
    [['create', '.', '-o', 'x.iso', '--iso-level', '7'], "--iso-level can't be 7.", 'It can be 1, 2, 3, 4.'],
    [['create', '.', '-o', 'x.iso', '--fs', 'iso9660', '--udf-revision', '2.50'], '--udf-revision says something about UDF', 'Add udf'],
    [['create', '.', '-o', 'x.iso', '--preset', 'blu-ray', '--iso-level', '3'], '--iso-level says something about ISO 9660', ''],
    [['create', '.', '-o', 'x.iso', '--fs', 'rockridge', '--joliet-long'], '--joliet-long says something about Joliet', ''],
    [['create', '.', '-o', 'x.iso', '--boot-emulation', 'tape'], "--boot-emulation can't be tape.", 'auto, none, floppy, hard-disk'],
    [['create', '.', '-o', 'x.iso', '--boot-load-sectors', '0'], 'A BIOS can’t load 0 sectors.', ''],
    [['verify', 'x.iso', '--sha256', 'abc'], '‘abc’ is no SHA-256.', ''],
  ])('isomer %j ends with 2 and says why', (args, message, advice) => {
    const { status, stdout, stderr } = isomer(...args)
    expect(stderr).toContain(`isomer: ${message}`)
    expect(stderr).toContain(advice)
    expect([status, stdout]).toEqual([2, ''])
  })

  it('tells programs in JSON', () => {
    const { status, stderr } = isomer('list', 'x.iso', '--json', '--nope')
    expect(status).toBe(2)
    expect(json(stderr)).toMatchObject({ error: { kind: 'usage', code: 'unknown-option' } })
  })
})

describe('sources', () => {
  it('an only folder gives its contents; several stand side by side', () => {
    const photos = join(scratch, 'photos')
    mkdirSync(join(photos, 'alps'), { recursive: true })
    writeFileSync(join(photos, 'alps/1.jpg'), '1')
    writeFileSync(join(scratch, 'note.txt'), 'note')
    const made = join(scratch, 'sides.iso')
    isomer('create', photos, '-o', made)
    expect(jsonLines(isomer('list', made, '--json').stdout).map(({ path }) => path)).toEqual(['/alps', '/alps/1.jpg'])
    isomer('create', photos, join(scratch, 'note.txt'), '-o', made, '--force')
    expect(jsonLines(isomer('list', made, '--json').stdout).map(({ path }) => path)).toEqual([
      '/note.txt',
      '/photos',
      '/photos/alps',
      '/photos/alps/1.jpg',
    ])
  })
})

describe('what can not be read', () => {
  it('ends with 3 when there is no such file', () => {
    const { status, stderr } = isomer('info', join(scratch, 'none.iso'))
    expect(status).toBe(3)
    expect(stderr).toContain('There is nothing of that name.')
    expect(stderr).not.toContain('ENOENT')
    expect(isomer('info', join(scratch, 'none.iso'), '-v').stderr).toContain('ENOENT')
  })

  it('ends with 4 when it is no image', () => {
    const path = join(scratch, 'noise.iso')
    writeFileSync(path, Buffer.alloc(100_000, 7))
    expect(isomer('list', path).status).toBe(4)
  })

  it('does not wait for a pipe', () => {
    const path = join(scratch, 'pipe')
    execFileSync('mkfifo', [path])
    const { status, stderr } = isomer('info', path)
    expect(status).toBe(3)
    expect(stderr).toContain('is not a file')
  })
})

describe('help', () => {
  it('lists the commands that there are', () => {
    expect([...commandLoaders.keys()]).toEqual(commandNames)
    const { status, stdout } = isomer('--help')
    expect(status).toBe(0)
    for (const name of commandNames) expect(stdout).toMatch(new RegExp(`^  ${name} +\\S`, 'm'))
  })

  it.each(commandNames)('explains %s in two ways, alike', (name) => {
    expect(isomer('help', name).stdout).toBe(isomer(name, '--help').stdout)
    expect(isomer(name, '--help').stdout).toContain(`Usage: isomer ${name}`)
  })

  it('gives the version', () => {
    expect(isomer('--version').stdout).toBe('isomer 1.2.3\n')
  })
})

describe('list', () => {
  it('gives one JSON object a line, with these fields', () => {
    const lines = jsonLines(isomer('list', image, '--json', '--hash', 'sha256').stdout)
    expect(lines.map(({ path }) => path)).toEqual(['/big.bin', '/docs', '/docs/note.txt', '/hello.txt'])
    expect(lines[3]).toEqual({
      path: '/hello.txt',
      type: 'file',
      sizeBytes: 6,
      modified: '2024-02-29T12:30:15Z',
      mode: '0644',
      uid: 0,
      gid: 0,
      target: null,
      links: 1,
      extents: [{ lba: lba.hello, lengthBytes: 6 }],
      sha256: createHash('sha256').update('hello\n').digest('hex'),
    })
  })

  it('has no modes and owners where the tree has none', () => {
    const [first] = jsonLines(isomer('list', image, '--json', '--view', 'iso9660').stdout)
    expect(first).toMatchObject({ path: '/BIG.BIN', mode: null, uid: null, gid: null, links: null })
    expect(first).not.toHaveProperty('sha256')
  })

  it('lists below a path, or the one file', () => {
    expect(isomer('list', image, '/docs').stdout).toBe('/docs/note.txt\n')
    expect(isomer('list', image, 'docs/note.txt').stdout).toBe('/docs/note.txt\n')
    expect(isomer('list', image, '/docs/none').status).toBe(2)
  })

  it('has columns for people', () => {
    const line = isomer('list', image, '-l')
      .stdout.split('\n')
      .find((text) => text.endsWith('/hello.txt'))
    expect(line).toMatch(/^-rw-r--r-- 0:0 +6 2024-02-29T12:30:15Z \/hello\.txt$/)
  })

  it('ends quietly when its reader goes', () => {
    const { stdout, stderr, status } = spawnSync('sh', ['-c', `"${process.execPath}" "${cli}" list "${image}" --json | true; echo`], {
      encoding: 'utf8',
    })
    expect([status, stdout, stderr]).toEqual([0, '\n', ''])
  })
})

describe('info, cat and verify', () => {
  it('info tells what the image says of itself', () => {
    const facts = json(isomer('info', image, '--json').stdout)
    expect(facts).toMatchObject({ container: 'iso', label: 'TINY', view: 'rockridge', files: 3, directories: 1, findings: [] })
    expect(facts['fileSystems']).toMatchObject([
      { kind: 'iso9660', level: 1, label: 'TINY', created: '2024-02-29T12:30:15Z' },
      { kind: 'joliet', level: 3, label: 'Tiny' },
      { kind: 'rockridge' },
    ])
    expect(isomer('info', image).stdout).toContain('3 files and 1 folder')
  })

  it('cat gives the bytes, and only of files', () => {
    expect(isomer('cat', image, '/docs/note.txt').stdout).toBe('note\n')
    expect(isomer('cat', image, '/NOTE').status).toBe(2)
    expect(isomer('cat', image, '/docs').stderr).toContain('is no file')
  })

  it('verify compares, whatever the digest looks like', () => {
    const sha256 = createHash('sha256').update(tinyImage()).digest('hex')
    expect(isomer('verify', image).stdout).toContain(sha256)
    const spaced = sha256.toUpperCase().replace(/(.{8})/g, '$1 ')
    expect(isomer('verify', image, '--sha256', spaced).status).toBe(0)
    expect(isomer('verify', image, '--sha256', 'f'.repeat(64), '--sha256', sha256).status).toBe(0)
    const wrong = isomer('verify', image, '--sha256', 'f'.repeat(64))
    expect(wrong.status).toBe(1)
    expect(wrong.stdout).toContain('does not match')
    const report = json(isomer('verify', image, '--sha256', 'f'.repeat(64), '--json').stdout)
    expect(report).toMatchObject({ verdict: 'damaged', sha256, matches: false, expected: [{ isSame: false }], damaged: false })
  })

  it('verify finds an image that was cut off', () => {
    const path = join(scratch, 'cut.iso')
    writeFileSync(path, tinyImage())
    truncateSync(path, 30 * 2048)
    const { status, stderr } = isomer('verify', path)
    expect(status).toBe(1)
    expect(stderr).toContain('2 of 32 sectors are missing')
  })
})

describe('projects', () => {
  it('are saved, moved with their sources and made again, the same bytes', () => {
    const place = join(scratch, 'project')
    mkdirSync(join(place, 'Photos'), { recursive: true })
    writeFileSync(join(place, 'Photos/a.txt'), 'content')
    const file = join(place, 'photos.isomer')
    const options = ['--label', 'Photos', '--preset', 'linux', '--reproducible', '--exclude', '*.tmp']
    const saved = isomer('create', join(place, 'Photos'), ...options, '--save-project', file, '-o', join(scratch, 'first.iso'))
    expect(saved).toMatchObject({ status: 0 })
    expect(readFileSync(file, 'utf8')).toContain('"hostPath": "Photos"')

    const moved = join(scratch, 'moved')
    renameSync(place, moved)
    const again = isomer('create', '--project', join(moved, 'photos.isomer'), '-o', join(scratch, 'second.iso'))
    expect(again).toMatchObject({ status: 0 })
    expect(readFileSync(join(scratch, 'second.iso')).equals(readFileSync(join(scratch, 'first.iso')))).toBe(true)

    const twice = isomer('create', '--project', join(moved, 'photos.isomer'), '--label', 'Other', '-o', join(scratch, 'third.iso'))
    expect(twice).toMatchObject({ status: 2, stderr: expect.stringContaining('so --label can’t be given too') })
    const onto = isomer('create', join(moved, 'Photos'), '--save-project', join(moved, 'photos.isomer'))
    expect(onto).toMatchObject({ status: 2, stderr: expect.stringContaining('is already there') })
    rmSync(join(moved, 'Photos'), { recursive: true })
    const missing = isomer('create', '--project', join(moved, 'photos.isomer'), '-o', join(scratch, 'third.iso'))
    expect(missing).toMatchObject({
      status: 3,
      stderr: expect.stringMatching(/The project needs what is not there: ‘.*Photos’\.\nNothing was written/),
    })
    expect(existsSync(join(scratch, 'third.iso'))).toBe(false)
    writeFileSync(join(moved, 'hostile.isomer'), '{"isomer":"project","version":1,"steps":[{"step":"run"}]}')
    const hostile = isomer('create', '--project', join(moved, 'hostile.isomer'), '-o', join(scratch, 'third.iso'))
    expect(hostile).toMatchObject({ status: 2, stderr: expect.stringContaining('can’t be used as a project') })
  })
})

describe('create and extract', () => {
  it('bring back what was put in', () => {
    const source = join(scratch, 'source')
    mkdirSync(join(source, 'a folder'), { recursive: true })
    writeFileSync(join(source, 'a folder/ünïcödé.txt'), 'content')
    const out = join(scratch, 'made.iso')
    const made = json(isomer('create', source, '-o', out, '--label', 'MADE', '--json').stdout)
    expect(made).toMatchObject({ path: out, files: 1, directories: 1 })
    expect(made['sha256']).toBe(createHash('sha256').update(readFileSync(out)).digest('hex'))
    expect(made['sizeBytes']).toBe(readFileSync(out).length)
    expect(Array.isArray(made['changes'])).toBe(true)
    expect(isomer('list', out).stdout).toBe('/a folder\n/a folder/ünïcödé.txt\n')

    const folder = join(scratch, 'extracted')
    expect(json(isomer('extract', out, '-o', folder, '--json').stdout)).toMatchObject({ files: 1, directories: 1, notes: [] })
    expect(readFileSync(join(folder, 'a folder/ünïcödé.txt'), 'utf8')).toBe('content')

    const again = isomer('create', source, '-o', out)
    expect(again.status).toBe(2)
    expect(again.stderr).toContain('already there')
    expect(isomer('create', source, '-o', out, '--force', '--reproducible').status).toBe(0)
  })

  it('writes the same image to standard output', () => {
    const source = join(scratch, 'stream')
    mkdirSync(source)
    writeFileSync(join(source, 'x'), 'x')
    const out = join(scratch, 'stream.iso')
    isomer('create', source, '-o', out, '--reproducible', '-q')
    const { stdout } = spawnSync(process.execPath, [cli, 'create', source, '-o', '-', '--reproducible', '-q'])
    expect(stdout.equals(readFileSync(out))).toBe(true)
  })

  it('takes file systems, boot files and the rest from its options', () => {
    const source = join(scratch, 'bootable')
    mkdirSync(source)
    writeFileSync(join(source, 'loader.bin'), Buffer.alloc(4096, 0x90))
    const out = join(scratch, 'bootable.iso')
    const options = ['--fs', 'joliet,udf', '--udf-revision', '2.01', '--iso-level', '4', '--joliet-long', '--implant-md5', '--dedupe']
    const boot = ['--boot-bios', join(source, 'loader.bin'), '--boot-load-sectors', '8', '--boot-emulation', 'none']
    expect(isomer('create', source, '-o', out, '-q', ...options, ...boot).status).toBe(0)
    const info = json(isomer('info', out, '--json').stdout)
    expect(info).toMatchObject({
      fileSystems: [
        { kind: 'iso9660', level: 4 },
        { kind: 'joliet', level: 3 },
        { kind: 'udf', version: '2.01' },
      ],
    })
    expect(isomer('verify', out, '--implanted').status).toBe(0)
    expect(isomer('list', out, '--view', 'udf').stdout).toBe('/loader.bin\n')

    const refused = isomer('create', source, '-o', out, '--force', '--fs', 'udf', ...boot)
    expect([refused.status, refused.stderr]).toEqual([2, expect.stringContaining('Computers start from ISO 9660')])
  })

  it('a dry run tells the exact size and writes nothing', () => {
    const source = join(scratch, 'stream')
    const out = join(scratch, 'dry.iso')
    const plan = json(isomer('create', source, '-o', out, '--dry-run', '--json').stdout)
    expect(existsSync(out)).toBe(false)
    expect(plan['sizeBytes']).toBe(readFileSync(join(scratch, 'stream.iso')).length)
  })

  it('reports progress as JSON lines when asked to', () => {
    const folder = join(scratch, 'progress')
    mkdirSync(folder)
    const large = join(folder, 'large')
    writeFileSync(large, '')
    truncateSync(large, 2 * 2 ** 30)
    const { stderr } = isomer('create', folder, '-o', join(scratch, 'progress.iso'), '--progress', 'json', '-q')
    const [first] = jsonLines(stderr)
    expect(first).toMatchObject({ progress: { phase: expect.any(String), doneBytes: expect.any(Number) } })
    rmSync(join(scratch, 'progress.iso'))
  })

  it('leaves nothing behind when it is interrupted, and ends with 130', async () => {
    const folder = join(scratch, 'interrupted')
    mkdirSync(folder)
    const process_ = spawn(process.execPath, [
      cli,
      'create',
      join(scratch, 'progress'),
      '-o',
      join(folder, 'out.iso'),
      '--progress',
      'json',
    ])
    const ended = new Promise<number | null>((done) => process_.on('exit', done))
    let said = ''
    let asked = false
    process_.stderr.on('data', (data) => {
      said += data
      if (asked || !said.includes('"phase":"write"')) return
      asked = true
      process_.kill('SIGINT')
    })
    expect(await ended).toBe(130)
    expect(said).toContain('Stopped as you asked.')
    expect(readdirSync(folder)).toEqual([])
  })
})
