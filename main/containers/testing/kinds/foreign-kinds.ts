/** Containers that other people's programs write. */
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { npmTool } from '../npm-tools.ts'
import { rawMode1, sound } from '../sample-disc.ts'
import { byBchunk, byFile, type DiscToPack, type Kind, msf, put, run, shell } from './kind.ts'
import { writeVideoDisc } from './video-disc.ts'

const GD_LBA = 45_000
const maxcso = npmTool('maxcso')

const chdman = (folder: string, ...args: string[]) => void run(folder, 'chdman', ...args)

/** The disc of data and sound, taken out of a CHD again. */
function sheetOfChdman(folder: string, disc: DiscToPack): string {
  chdman(folder, 'createcd', '-i', join(disc.folder, 'disc.cue'), '-o', 'made.chd', '-c', 'cdzl')
  chdman(folder, 'extractcd', '-i', 'made.chd', '-o', 'disc.cue', '-ob', 'disc.bin')
  return 'disc.cue'
}

function gdi(folder: string, { image }: DiscToPack): string {
  const lines = `3\n1 0 4 2352 t1.bin 0\n2 ${image.length / 2048 + 150} 0 2352 t2.bin 0\n3 ${GD_LBA} 4 2352 t3.bin 0\n`
  put(folder, { 'built.gdi': lines, 't1.bin': rawMode1(image), 't2.bin': sound(300), 't3.bin': rawMode1(image, GD_LBA) })
  chdman(folder, 'createcd', '-i', 'built.gdi', '-o', 'disc.chd', '-c', 'cdzl')
  return 'disc.chd'
}

const ofDiscs: readonly Kind[] = [
  { name: 'BIN/CUE', title: 'BIN/CUE', writtenBy: 'chdman', make: sheetOfChdman, takenOut: byBchunk('disc.bin', 'disc.cue') },
  {
    name: 'BIN/CUE of a TOC',
    title: 'BIN/CUE',
    writtenBy: 'toc2cue',
    make: (folder, { image }) => {
      const toc = `CD_ROM\nTRACK MODE1_RAW\nDATAFILE "disc.bin" ${msf(image.length / 2048)}\n`
      put(folder, { 'disc.toc': toc, 'disc.bin': rawMode1(image) })
      run(folder, 'toc2cue', 'disc.toc', 'disc.cue')
      return 'disc.cue'
    },
    takenOut: byBchunk('disc.bin', 'disc.cue'),
  },
  {
    name: 'BIN/CUE of two tracks of mode 2',
    title: 'BIN/CUE',
    writtenBy: 'vcdxbuild',
    make: (folder) => {
      writeVideoDisc(folder, '-c', 'vcd.cue', '-b', 'vcd.bin')
      return 'vcd.cue'
    },
    takenOut: byBchunk('vcd.bin', 'vcd.cue'),
  },
  {
    name: 'BIN/CUE of 2336 bytes',
    title: 'BIN/CUE',
    writtenBy: 'vcdxbuild',
    make: (folder) => {
      writeVideoDisc(folder, '--sector-2336', '-c', 'vcd.cue', '-b', 'vcd.bin')
      return 'vcd.cue'
    },
    // It writes what lies between both tracks as well.
    takenOut: ['iat', (folder) => byFile('taken.iso', 'iat', 'vcd.bin', 'taken.iso')(folder).subarray(0, 300 * 2048)],
  },
  {
    name: 'TOC',
    title: 'cdrdao TOC',
    writtenBy: 'cueconvert',
    make: (folder, disc) => {
      sheetOfChdman(folder, disc)
      run(folder, 'cueconvert', '-i', 'cue', '-o', 'toc', 'disc.cue', 'disc.toc')
      return 'disc.toc'
    },
    takenOut: byBchunk('disc.bin', 'disc.cue'),
  },
  {
    name: 'TOC in pieces',
    title: 'cdrdao TOC',
    writtenBy: 'vcdxbuild',
    make: (folder) => {
      writeVideoDisc(folder, '-i', 'cdrdao', '--cdrdao-file=vcd')
      return 'vcd.toc'
    },
    takenOut: ['iat', byFile('taken.iso', 'iat', 'vcd_01.img', 'taken.iso')],
  },
  {
    name: 'NRG 1, track at once',
    title: 'Nero image (NRG)',
    writtenBy: 'vcdxbuild',
    make: (folder) => {
      writeVideoDisc(folder, '-i', 'nrg', '-o', 'nrg=vcd.nrg')
      return 'vcd.nrg'
    },
    takenOut: ['iat', (folder) => byFile('taken.iso', 'iat', 'vcd.nrg', 'taken.iso')(folder).subarray(0, 300 * 2048)],
  },
  {
    name: 'GDI',
    title: 'GD-ROM (GDI)',
    writtenBy: 'chdman',
    make: (folder, disc) => {
      gdi(folder, disc)
      chdman(folder, 'extractcd', '-i', 'disc.chd', '-o', 'disc.gdi')
      return 'disc.gdi'
    },
  },
  { name: 'CHD of a GD-ROM', title: 'CHD', writtenBy: 'chdman', make: gdi },
  {
    name: 'CHD of a CD',
    title: 'CHD',
    writtenBy: 'chdman',
    make: (folder, disc) => {
      chdman(folder, 'createcd', '-i', join(disc.folder, 'disc.cue'), '-o', 'disc.chd')
      return 'disc.chd'
    },
    takenOut: [
      'chdman, bchunk',
      (folder) => {
        chdman(folder, 'extractcd', '-i', 'disc.chd', '-o', 'taken.cue', '-ob', 'taken.bin')
        return byBchunk('taken.bin', 'taken.cue')[1](folder)
      },
    ],
  },
  {
    name: 'CHD of a DVD',
    title: 'CHD',
    writtenBy: 'chdman',
    make: (folder, disc) => {
      chdman(folder, 'createraw', '-us', '2048', '-hs', '4096', '-i', join(disc.folder, 'disc.iso'), '-o', 'disc.chd')
      return 'disc.chd'
    },
    takenOut: ['chdman', byFile('taken.iso', 'chdman', 'extractraw', '-i', 'disc.chd', '-o', 'taken.iso')],
    isDvd: true,
  },
]

const maxcsoFormats: readonly (readonly [name: string, title: string, ending: string])[] = [
  ['cso1', 'CSO', 'cso'],
  ['cso2', 'CSO', 'cso'],
  ['zso', 'ZSO', 'zso'],
  ['dax', 'DAX', 'dax'],
]
const byMaxcso: readonly Kind[] =
  maxcso === null
    ? []
    : maxcsoFormats.map(([format, title, ending]) => ({
        name: `${title} (${format})`,
        title,
        writtenBy: 'maxcso',
        make: (folder, disc) => {
          run(folder, maxcso, '--quiet', '--fast', `--format=${format}`, join(disc.folder, 'disc.iso'), '-o', `disc.${ending}`)
          return `disc.${ending}`
        },
        takenOut: ['maxcso', byFile('taken.iso', maxcso, '--quiet', '--decompress', `disc.${ending}`, '-o', 'taken.iso')],
      }))

/** Title, ending, and how the program packs `IN` and gives it again. */
export const packers: readonly (readonly [title: string, ending: string, program: string, pack: string, unpack: string])[] = [
  ['gzip', 'gz', 'gzip', 'gzip -c IN > OUT', 'gzip -dc OUT'],
  ['xz', 'xz', 'xz', 'xz -0 -c IN > OUT', 'xz -dc OUT'],
  ['bzip2', 'bz2', 'bzip2', 'bzip2 -1 -c IN > OUT', 'bzip2 -dc OUT'],
  ['Zstandard', 'zst', 'zstd', 'zstd -q -c IN > OUT', 'zstd -dcq OUT'],
  ['ZIP', 'zip', 'Info-ZIP', 'zip -q -1 OUT IN', '7z x -so OUT'],
]

const packed: readonly Kind[] = packers.map(([title, ending, program, pack, unpack]) => ({
  name: title,
  title,
  writtenBy: program,
  make: (folder, disc) => {
    copyFileSync(join(disc.folder, 'disc.iso'), join(folder, 'disc.iso'))
    shell(folder, pack.replace('IN', 'disc.iso').replace('OUT', `disc.iso.${ending}`))
    return `disc.iso.${ending}`
  },
  takenOut: [program, (folder) => shell(folder, unpack.replace('OUT', `disc.iso.${ending}`))],
}))

const archived: Kind = {
  name: 'BIN/CUE in one ZIP, with other files',
  title: 'BIN/CUE in ZIP',
  writtenBy: 'Info-ZIP',
  make: (folder, disc) => {
    sheetOfChdman(folder, disc)
    put(folder, { 'read me.txt': 'read me' })
    run(folder, 'zip', '-q', '-1', 'disc.zip', 'read me.txt', 'disc.cue', 'disc.bin')
    return 'disc.zip'
  },
  takenOut: byBchunk('disc.bin', 'disc.cue'),
}

export const foreignKinds: readonly Kind[] = [...ofDiscs, ...byMaxcso, ...packed, archived]
