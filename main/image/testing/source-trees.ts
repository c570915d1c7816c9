/** Trees that try an image writer: depth, numbers, names, links, sizes. Each is made in a folder given. */
import { execFileSync } from 'node:child_process'
import { linkSync, mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

function write(path: string, content: string | Uint8Array): void {
  writeFileSync(path, content)
  utimesSync(path, 1_600_000_000, 1_600_000_000)
}

/** Files, folders, an empty one of each, links of both kinds. */
export function makeSmallTree(folder: string): void {
  mkdirSync(join(folder, 'Documents/Letters'), { recursive: true })
  mkdirSync(join(folder, 'empty folder'))
  write(join(folder, 'readme.txt'), 'hello\n')
  write(join(folder, 'empty'), '')
  write(join(folder, 'Documents/report.pdf'), Buffer.alloc(5000, 7))
  write(join(folder, 'Documents/exactly one block'), Buffer.alloc(2048, 1))
  write(join(folder, 'Documents/Letters/to grandmother.txt'), 'dear grandmother')
  symlinkSync('../readme.txt', join(folder, 'Documents/link to readme'))
  linkSync(join(folder, 'readme.txt'), join(folder, 'Documents/hard link.txt'))
}

/** One of each kind of node that is no file; only root can make devices. */
export function makeSpecialNodes(folder: string): void {
  execFileSync('mkfifo', [join(folder, 'pipe')])
  execFileSync('mknod', [join(folder, 'null'), 'c', '1', '3'])
  execFileSync('mknod', [join(folder, 'loop'), 'b', '7', '0'])
  symlinkSync('/absolute/place', join(folder, 'absolute link'))
  symlinkSync(`${'y'.repeat(255)}/../${'z'.repeat(255)}`, join(folder, 'long link'))
  write(join(folder, 'file'), 'file')
}

/** A chain of `levels` folders with a file in each. */
export function makeDeepTree(folder: string, levels: number): void {
  let at = folder
  for (let i = 1; i <= levels; i++) {
    at = join(at, `level ${String(i).padStart(2, '0')} of the tree`)
    mkdirSync(at)
    write(join(at, `file ${i}.txt`), `level ${i}\n`)
    if (i % 5 === 0) {
      mkdirSync(join(at, 'side'))
      write(join(at, 'side/leaf.txt'), `leaf ${i}\n`)
    }
  }
}

/** 300 names that writers get wrong: scripts, emoji, combining marks, lengths, cases, dots, spaces, odd characters. */
export function awkwardNames(): string[] {
  const names = ['trailing.', 'trailing..', 'trailing ', 'trailing  ', '.hidden', '..double', 'no_extension', 'name.tar.gz', 'a;1', 'x*y?z']
  names.push('case.TXT', 'Case.txt', 'CASE.txt', 'case.txt', 'LONGNAME.TXT', 'longname1.txt', 'longname2.txt', 'longname3.txt')
  names.push('back\\slash', 'colon:name', '"quotes"', '<angle>', '-dash', '~tilde', '$dollar', '%41', "it's", 'semi;colon', '#hash', '&and')
  names.push(
    'a'.repeat(255),
    `${'b'.repeat(251)}.txt`,
    'あ'.repeat(85),
    `${'い'.repeat(83)}.txt`.slice(0, 85),
    `${'c'.repeat(64)}1.txt`,
    `${'c'.repeat(64)}2.txt`,
  )
  for (let i = 0; names.length < 300; i++) {
    names.push(
      `日本語のファイル ${i}.txt`,
      `ملف عربي ${i}.doc`,
      `emoji 🎉 ${i}.bin`,
      `e\u0301tude combining ${i}.mp3`,
      `Ünïcödé ñ ß ${i}.flac`,
    )
  }
  return names.slice(0, 300)
}

export function makeAwkwardTree(folder: string): void {
  for (const name of awkwardNames()) write(join(folder, name), `content of ${name}`)
}

/** `count` small files in folders of `perFolder`. */
export function makeManyFiles(folder: string, count: number, perFolder: number): void {
  const content = Buffer.alloc(3000, 65)
  for (let i = 0; i < count; i++) {
    const place = join(folder, `folder ${String(Math.floor(i / perFolder)).padStart(4, '0')}`)
    if (i % perFolder === 0) mkdirSync(place, { recursive: true })
    content.writeUInt32LE(i, 0)
    writeFileSync(join(place, `file ${String(i).padStart(6, '0')}.dat`), content.subarray(0, 4 + (i % 2900)))
  }
}
