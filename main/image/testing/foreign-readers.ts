/** Other people's readers as judges: each lists an image with sizes and takes its files out again. */
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { closeSync, lstatSync, mkdirSync, openSync, readdirSync, readlinkSync, readSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** Path from the image's root to the file's size; links and folders are left out. */
export type Listing = ReadonlyMap<string, number>

export interface ForeignReader {
  readonly name: string
  /** The tree it reads where an image has all of them. */
  readonly tree: 'rockridge' | 'joliet'
  list(image: string): Listing
  extract(image: string, folder: string): void
}

function run(command: string, args: readonly string[]): string {
  const result = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 2 ** 30, env: { ...process.env, LC_ALL: 'C.UTF-8' } })
  if (result.error) throw result.error
  if (result.status !== 0) throw new Error(`${command} ${args.join(' ')}: exit ${result.status}\n${result.stderr}`)
  return result.stdout
}

export const xorriso: ForeignReader = {
  name: 'xorriso',
  tree: 'rockridge',
  list(image) {
    const listing = new Map<string, number>()
    const text = run('xorriso', ['-indev', `stdio:${image}`, '-find', '/', '-type', 'f', '-exec', 'lsdl', '--'])
    for (const line of text.split('\n')) {
      const match = /^-\S+ +\d+ +\S+ +\S+ +(\d+) \w{3} +\d+ +[\d:]+ '(.*)'$/.exec(line)
      if (match) listing.set(unescapeListing(match[2] as string), Number(match[1]))
    }
    return listing
  },
  extract: (image, folder) => {
    run('xorriso', ['-osirrox', 'on:auto_chmod_on', '-indev', `stdio:${image}`, '-extract', '/', folder])
  },
}

/** bsdtar's long listing. */
export function bsdtarLines(image: string): string[] {
  return run('bsdtar', ['-tvf', image]).split('\n')
}

export const bsdtar: ForeignReader = {
  name: 'bsdtar',
  tree: 'rockridge',
  list(image) {
    const listing = new Map<string, number>()
    for (const line of bsdtarLines(image)) {
      const match = /^-\S+ +\d+ +\S+ +\S+ +(\d+) \w{3} +\d+ +[\d:]+ (.*?)( link to .*)?$/.exec(line)
      if (match && match[3] === undefined) listing.set(`/${unescapeListing(match[2] as string)}`, Number(match[1]))
    }
    return listing
  },
  extract: (image, folder) => {
    run('bsdtar', ['-xf', image, '-C', folder])
  },
}

/** 7-Zip told which format to read an image as; left to itself it takes UDF where it can. */
export function sevenZipOf(format: 'iso' | 'udf' | null): ForeignReader {
  const type = format === null ? [] : [`-t${format}`]
  return {
    name: ['7z', ...type].join(' '),
    tree: 'joliet',
    list(image) {
      const listing = new Map<string, number>()
      for (const block of run('7z', ['l', '-slt', ...type, image])
        .split('----------\n')
        .slice(1)
        .join('')
        .split('\n\n')) {
        const path = /^Path = (.*)$/m.exec(block)?.[1]
        const folder = /^Folder = (.*)$/m.exec(block)?.[1]
        const size = /^Size = (\d+)$/m.exec(block)?.[1]
        if (path !== undefined && folder === '-' && size !== undefined) listing.set(`/${path}`, Number(size))
      }
      return listing
    },
    extract: (image, folder) => {
      run('7z', ['x', '-y', '-bd', ...type, `-o${folder}`, image])
    },
  }
}

export const sevenZip = sevenZipOf(null)

/**
 * isoinfo in either view; it takes out one file a call, so `extract` is for small images. In the Joliet view it shows
 * characters outside the locale's old eight-bit set as `_`.
 */
export function isoinfo(tree: 'rockridge' | 'joliet'): ForeignReader {
  const view = tree === 'joliet' ? ['-J'] : ['-R']
  const list = (image: string): Listing => {
    const listing = new Map<string, number>()
    let folder = '/'
    for (const line of run('isoinfo', [...view, '-l', '-i', image]).split('\n')) {
      const heading = /^Directory listing of (\/.*)$/.exec(line)
      if (heading) folder = heading[1] as string
      const match = /^-\S+ +\d+ +\d+ +\d+ +(\d+) .{12}\[ *\d+ \d\d\] {2}(.*) $/.exec(line)
      if (match) listing.set(folder + match[2], (listing.get(folder + match[2]) ?? 0) + Number(match[1]))
    }
    return listing
  }
  return {
    name: `isoinfo ${tree}`,
    tree,
    list,
    extract(image, folder) {
      for (const path of list(image).keys()) {
        const target = join(folder, path)
        mkdirSync(join(target, '..'), { recursive: true })
        const fd = openSync(target, 'w')
        execFileSync('isoinfo', [...view, '-x', path, '-i', image], { stdio: ['ignore', fd, 'ignore'] })
        closeSync(fd)
      }
    },
  }
}

/** Sizes of all files that isoinfo sees in a tree, in order, whatever it makes of their names. */
export function isoinfoSizes(image: string, tree: 'iso9660' | 'joliet'): number[] {
  const sizes: number[] = []
  for (const line of run('isoinfo', [...(tree === 'joliet' ? ['-J'] : []), '-l', '-i', image]).split('\n')) {
    const size = /^-\S+ +\d+ +\d+ +\d+ +(\d+) /.exec(line)?.[1]
    if (size !== undefined) sizes.push(Number(size))
  }
  return sizes.sort((a, b) => a - b)
}

/** SHA-256 of every file that isoinfo takes out of a tree, in order; without empty ones, which folders and links are to it too. */
export function isoinfoContents(image: string, tree: 'iso9660' | 'joliet' | 'rockridge'): string[] {
  const view = { iso9660: [], joliet: ['-J'], rockridge: ['-R'] }[tree]
  const hashes: string[] = []
  for (const path of run('isoinfo', [...view, '-f', '-i', image]).split('\n')) {
    if (path === '') continue
    const { stdout } = spawnSync('isoinfo', [...view, '-x', path, '-i', image], { maxBuffer: 2 ** 30 })
    if (stdout.length > 0) hashes.push(createHash('sha256').update(stdout).digest('hex'))
  }
  return hashes.sort()
}

/** How many files isoinfo sees in the Joliet tree, whatever it makes of their names. */
export function isoinfoLineCount(image: string): number {
  const lines = run('isoinfo', ['-J', '-l', '-i', image]).split('\n')
  return lines.filter((line) => line.startsWith('-')).length
}

/** Undoes the octal and letter escapes that listings put in place of odd bytes. */
function unescapeListing(text: string): string {
  if (!text.includes('\\')) return text
  const letters: Record<string, number> = { n: 10, t: 9, r: 13, a: 7, b: 8, e: 27, f: 12, v: 11 }
  const bytes: Buffer[] = []
  for (let i = 0; i < text.length; ) {
    const octal = /^\\([0-7]{3})/.exec(text.slice(i, i + 4))
    const letter = text[i] === '\\' ? letters[text[i + 1] ?? ''] : undefined
    if (octal) bytes.push(Buffer.of(Number.parseInt(octal[1] as string, 8)))
    else if (letter !== undefined) bytes.push(Buffer.of(letter))
    else if (text[i] === '\\') bytes.push(Buffer.from(text[i + 1] ?? ''))
    else {
      bytes.push(Buffer.from(String.fromCodePoint(text.codePointAt(i) as number)))
      i += (text.codePointAt(i) as number) > 0xffff ? 2 : 1
      continue
    }
    i += octal ? 4 : 2
  }
  return Buffer.concat(bytes).toString()
}

export interface HostEntry {
  readonly kind: 'file' | 'folder' | 'link'
  readonly sizeBytes: number
  /** SHA-256 of a file, target of a link. */
  readonly content: string
}

/** Everything below a host folder, by path from it. */
export function hostTree(folder: string): Map<string, HostEntry> {
  const found = new Map<string, HostEntry>()
  const pending = ['']
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    for (const name of readdirSync(join(folder, at))) {
      const path = `${at}/${name}`
      const stats = lstatSync(join(folder, path))
      if (stats.isDirectory()) {
        found.set(path, { kind: 'folder', sizeBytes: 0, content: '' })
        pending.push(path)
      } else if (stats.isSymbolicLink()) found.set(path, { kind: 'link', sizeBytes: 0, content: readlinkSync(join(folder, path)) })
      else if (stats.isFile()) found.set(path, { kind: 'file', sizeBytes: stats.size, content: fileSha256(join(folder, path)) })
    }
  }
  return found
}

/** SHA-256 of a host file. */
export function fileSha256(path: string): string {
  const hash = createHash('sha256')
  const buffer = Buffer.alloc(256 * 1024)
  const fd = openSync(path, 'r')
  for (let got = readSync(fd, buffer); got > 0; got = readSync(fd, buffer)) hash.update(buffer.subarray(0, got))
  closeSync(fd)
  return hash.digest('hex')
}

/** What a reader took out of an image; the folder is removed again. */
export function extractedTree(reader: ForeignReader, image: string, scratch: string): Map<string, HostEntry> {
  const folder = join(scratch, `out-${reader.name.replaceAll(' ', '-')}`)
  mkdirSync(folder)
  try {
    reader.extract(image, folder)
    return hostTree(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
