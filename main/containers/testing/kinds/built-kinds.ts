/** Containers that no program here writes, built field by field as the formats' descriptions have them. */
import { type BuiltTrack, ccd, cdi, ecm, mds, nrg, nrgTrackAtOnce } from '../built-images.ts'
import { buildDmg, dmgPackers } from '../dmg-builder.ts'
import { bareMode2, rawMode1, rawMode2, sound, withSubchannel } from '../sample-disc.ts'
import { foreignKinds, packers } from './foreign-kinds.ts'
import { byFile, type DiscToPack, type Kind, msf, put, run, shell, type TakenOut } from './kind.ts'

const NRG = 'Nero image (NRG)'
const CDI = 'DiscJuggler image (CDI)'
const RAW = 'raw CD sectors'

const track = (stored: Buffer, sectorBytes: number, startLba: number, mode: number, gapSectors = 0): BuiltTrack => ({
  stored,
  sectorBytes,
  startLba,
  mode,
  gapSectors,
})

/** One that is a single file. */
const file = (name: string, title: string, ending: string, build: (image: Buffer) => Buffer, takenOut?: TakenOut): Kind => ({
  name,
  title,
  writtenBy: null,
  make: (folder, { image }) => {
    put(folder, { [`disc.${ending}`]: build(image) })
    return `disc.${ending}`
  },
  takenOut,
})

const byIat = (from: string): TakenOut => ['iat', byFile('taken.iso', 'iat', from, 'taken.iso')]

/** Data, then sound, as a disc that was written at once. */
const dataAndSound = (image: Buffer): BuiltTrack[] => {
  const start = image.length / 2048
  return [track(rawMode1(image), 2352, 0, 5), track(Buffer.concat([sound(150), sound(20)]), 2352, start + 150, 7, 150)]
}
const atOnce = (image: Buffer): BuiltTrack[] => [track(Buffer.concat([Buffer.alloc(150 * 2048), image]), 2048, 0, 0, 150)]

function cdiOf(image: Buffer, version: 2 | 3 | 3.5): Buffer {
  const music = track(Buffer.concat([Buffer.alloc(150 * 2352), sound(302)]), 2352, image.length / 2048 + 11_400, 0, 150)
  return cdi([[track(Buffer.concat([Buffer.alloc(150 * 2336), bareMode2(image)]), 2336, 0, 2, 150)], [music]], version)
}

const sheets: readonly Kind[] = [
  {
    name: 'BIN/CUE of 2048 and 2324 bytes, in files of other case and encoding, in two sessions',
    title: 'BIN/CUE',
    writtenBy: null,
    make: (folder, { image }) => {
      const lines = ['REM SESSION 01', 'FILE "Däta.iso" BINARY', 'TRACK 01 MODE1/2048', 'INDEX 01 00:00:00', 'REM SESSION 02']
      const more = ['FILE "FILM.BIN" BINARY', 'TRACK 02 MODE2/2324', 'PREGAP 00:02:00', 'INDEX 01 00:00:00', '']
      const sheet = Buffer.from([...lines, ...more].join('\r\n'), 'latin1')
      put(folder, { 'disc.cue': sheet, 'Däta.iso': image, 'film.bin': Buffer.alloc(30 * 2324, 'film') })
      return 'disc.cue'
    },
  },
  {
    name: 'BIN/CUE of 2448 bytes',
    title: 'BIN/CUE',
    writtenBy: null,
    make: (folder, { image }) => {
      const sheet = 'FILE disc.bin BINARY\nTRACK 01 MODE1/2448\nINDEX 01 00:00:00\n'
      put(folder, { 'disc.cue': sheet, 'disc.bin': withSubchannel(rawMode1(image), 2352) })
      return 'disc.cue'
    },
    takenOut: byIat('disc.bin'),
  },
  {
    name: 'BIN/CUE with WAV and FLAC',
    title: 'BIN/CUE',
    writtenBy: null,
    make: (folder, { image }) => {
      put(folder, { 'disc.bin': rawMode1(image), 'song.raw': sound(60), 'disc.cue': soundSheet })
      const raw = ['--force-raw-format', '--endian=little', '--sign=signed', '--channels=2', '--bps=16', '--sample-rate=44100']
      run(folder, 'flac', '-s', ...raw, '-o', 'song.flac', 'song.raw')
      run(folder, 'flac', '-s', '-d', '-o', 'song.wav', 'song.flac')
      return 'disc.cue'
    },
  },
  {
    name: 'IMG/CCD/SUB',
    title: 'CloneCD (IMG/CCD/SUB)',
    writtenBy: null,
    make: (folder, { image }) => {
      const sectors = image.length / 2048
      const entries = [
        { session: 1, point: 1, control: 4, lba: 0 },
        { session: 1, point: 0xa2, control: 4, lba: sectors },
      ]
      const sheet = ccd(entries, new Map([[1, ['MODE=1', 'INDEX 1=0']]]))
      put(folder, { 'disc.ccd': sheet, 'disc.img': rawMode1(image), 'disc.sub': Buffer.alloc(96 * sectors) })
      return 'disc.ccd'
    },
    takenOut: ['ccd2iso', byFile('taken.iso', 'ccd2iso', 'disc.img', 'taken.iso')],
  },
  mdsKind('MDS/MDF', (image) => ({ ...track(rawMode1(image), 2352, 0, 0xaa), hasSubchannel: false }), false, [
    'mdf2iso',
    byFile('taken.iso', 'mdf2iso', 'disc.mdf', 'taken.iso'),
  ]),
  mdsKind(
    'MDS/MDF with sub-channel',
    (image) => ({ ...track(withSubchannel(rawMode1(image), 2352), 2448, 0, 0xaa), hasSubchannel: true }),
    false,
    byIat('disc.mdf'),
  ),
  mdsKind('MDS/MDF of a DVD', (image) => ({ ...track(image, 2048, 0, 2), hasSubchannel: false }), true),
]

const soundSheet = ['disc.bin" BINARY\nTRACK 01 MODE1/2352', 'song.wav" WAVE\nTRACK 02 AUDIO', 'song.flac" WAVE\nTRACK 03 AUDIO']
  .map((line) => `FILE "${line}\nINDEX 01 ${msf(0)}\n`)
  .join('')

function mdsKind(
  name: string,
  trackOf: (image: Buffer) => BuiltTrack & { hasSubchannel: boolean },
  isDvd: boolean,
  takenOut?: TakenOut,
): Kind {
  const make = (folder: string, { image }: DiscToPack): string => {
    put(folder, {
      'disc.mds': mds([[trackOf(image)]], '*.mdf', isDvd),
      'disc.mdf': trackOf(image).stored,
    })
    return 'disc.mds'
  }
  return { name, title: 'MDS/MDF', writtenBy: null, make, takenOut, ...(isDvd && { isDvd }) }
}

const singles: readonly Kind[] = [
  file('NRG 1, disc at once', NRG, 'nrg', (image) => nrg([atOnce(image)], 1)),
  file('NRG 2, disc at once', NRG, 'nrg', (image) => nrg([atOnce(image)], 2), [
    'nrg2iso',
    (folder) => {
      // It takes Nero's own list along, which is no part of the disc.
      const taken = byFile('taken.iso', 'nrg2iso', 'disc.nrg', 'taken.iso')(folder)
      return taken.subarray(0, taken.indexOf('CUEX'))
    },
  ]),
  file('NRG 2 of data and sound', NRG, 'nrg', (image) => nrg([dataAndSound(image)], 2)),
  file('NRG 2, track at once', NRG, 'nrg', (image) => nrgTrackAtOnce([track(rawMode1(image), 2352, 0, 6)], 2)),
  ...([2, 3, 3.5] as const).map((version) => file(`CDI ${version}`, CDI, 'cdi', (image) => cdiOf(image, version))),
  file('ECM of mode 1', `${RAW} in ECM`, 'bin.ecm', (image) => ecm(rawMode1(image))),
  file('ECM of mode 2', `${RAW} in ECM`, 'bin.ecm', (image) => ecm(rawMode2(image))),
  file('sectors of 2352 bytes', RAW, 'bin', (image) => rawMode1(image), byIat('disc.bin')),
  file('sectors of 2336 bytes', RAW, 'bin', (image) => bareMode2(image), byIat('disc.bin')),
  file('sectors of 2448 bytes', RAW, 'bin', (image) => withSubchannel(rawMode1(image), 2352), byIat('disc.bin')),
  ...Object.keys(dmgPackers).map((packer) =>
    file(`DMG with ${packer}`, 'DMG', 'dmg', (image) => buildDmg(image, packer), [
      '7-Zip',
      (folder) => Buffer.concat(['0.part 0', '1.part 1'].map((part) => run(folder, '7z', 'x', '-tdmg', '-so', 'disc.dmg', `${part}*`))),
    ]),
  ),
]

const AROUND = ['NRG 2 of data and sound', 'CDI 3.5', 'ECM of mode 1', 'sectors of 2352 bytes', 'DMG with zlib', 'CHD of a CD']

/** Kinds that are one file each, with every packer around them. */
const around: readonly Kind[] = [...singles, ...foreignKinds]
  .filter(({ name }) => AROUND.includes(name))
  .flatMap((inner) =>
    packers.map(([title, ending, program, pack]) => ({
      name: `${inner.name} in ${title}`,
      title: `${inner.title} in ${title}`,
      writtenBy: program,
      isPacked: true,
      make: (folder: string, disc: DiscToPack) => {
        const name = inner.make(folder, disc)
        shell(folder, pack.replace('IN', name).replace('OUT', `${name}.${ending}`))
        return `${name}.${ending}`
      },
    })),
  )

export const builtKinds: readonly Kind[] = [...sheets, ...singles, ...around]
