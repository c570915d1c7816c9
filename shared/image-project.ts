/** What an image is to be made of: plain data that replays, crosses process borders and can be saved. */

/** The trees an image can carry, all over one copy of the data. */
export const fileSystemKinds = ['iso9660', 'joliet', 'rockridge', 'udf'] as const
export type FileSystemKind = (typeof fileSystemKinds)[number]

/** Levels of interchange; 4 is ISO 9660:1999, whose names stand in a second tree beside that of level 3. */
export const isoLevels = [1, 2, 3, 4] as const
export type IsoLevel = (typeof isoLevels)[number]

/** Longest names in Joliet: as specified, or what its readers have taken all along. */
export const jolietUnitCounts = [64, 103] as const
export type JolietUnits = (typeof jolietUnitCounts)[number]

export const udfRevisionNames = ['1.02', '1.50', '2.01', '2.50', '2.60'] as const
export type UdfRevisionName = (typeof udfRevisionNames)[number]

/** What a BIOS takes a boot file for; `auto` looks at the file. */
export const bootEmulations = ['auto', 'none', 'floppy', 'hard-disk'] as const
export type BootEmulation = (typeof bootEmulations)[number]

/** A file that computers start from. One that is in the image already is used where it is. */
export interface BootFileChoice {
  readonly platform: 'bios' | 'uefi'
  readonly hostPath: string
  /** For a BIOS. */
  readonly emulation: BootEmulation
  /** Sectors of 512 bytes that a BIOS loads of a file without emulation; null for the usual four. */
  readonly loadSectors: number | null
}

export const presetNames = ['everywhere', 'windows', 'linux', 'macos', 'dvd-video', 'blu-ray', 'bootable', 'oldest'] as const
export type PresetName = (typeof presetNames)[number]

/** What a preset decides. */
export type PresetOptions = Pick<
  CreateOptions,
  'fileSystems' | 'isoLevel' | 'jolietUnits' | 'udfRevision' | 'udfForLargeFiles' | 'udfLinks' | 'dvdVideo' | 'hybrid'
>

export interface Preset {
  readonly options: PresetOptions
}

const usual: PresetOptions = {
  fileSystems: ['iso9660', 'joliet', 'rockridge'],
  isoLevel: 3,
  jolietUnits: 64,
  udfRevision: '1.02',
  udfForLargeFiles: false,
  udfLinks: false,
  dvdVideo: false,
  hybrid: false,
}

export const presets: Readonly<Record<PresetName, Preset>> = {
  everywhere: {
    options: { ...usual, udfForLargeFiles: true },
  },
  windows: {
    options: { ...usual, fileSystems: ['iso9660', 'joliet'], jolietUnits: 103, udfForLargeFiles: true },
  },
  linux: {
    options: { ...usual, fileSystems: ['iso9660', 'rockridge'] },
  },
  macos: {
    options: { ...usual, fileSystems: ['iso9660', 'rockridge', 'udf'] },
  },
  'dvd-video': {
    options: { ...usual, fileSystems: ['iso9660', 'udf'], isoLevel: 2, dvdVideo: true },
  },
  'blu-ray': {
    options: { ...usual, fileSystems: ['udf'], udfRevision: '2.50' },
  },
  bootable: {
    options: { ...usual, udfForLargeFiles: true, hybrid: true },
  },
  oldest: {
    options: { ...usual, fileSystems: ['iso9660'], isoLevel: 1 },
  },
}

/**
 * One step of arranging the tree. Paths are staged paths: `/` is the root, parts are joined by `/`.
 * Steps are replayed in order over a fresh scan, so the same list always gives the same tree.
 */
export type StagingStep =
  /** Puts a host file or folder into the folder `into`; `contentsOnly` puts a folder's children there instead of the folder. */
  | { readonly step: 'add'; readonly hostPath: string; readonly into: string; readonly contentsOnly: boolean }
  | { readonly step: 'remove'; readonly path: string }
  | { readonly step: 'rename'; readonly path: string; readonly name: string }
  | { readonly step: 'new-folder'; readonly path: string }
  | { readonly step: 'move'; readonly path: string; readonly into: string }

export interface CreateOptions {
  /** Volume label; null takes the name of the first source. */
  readonly label: string | null
  /** Without `iso9660` only where it is UDF alone: Joliet and Rock Ridge stand on it. */
  readonly fileSystems: readonly FileSystemKind[]
  readonly isoLevel: IsoLevel
  readonly jolietUnits: JolietUnits
  /** Of UDF, where there is any. */
  readonly udfRevision: UdfRevisionName
  /** Adds UDF when a file is too large for one extent of ISO 9660. */
  readonly udfForLargeFiles: boolean
  /** Puts symbolic links and device nodes into UDF that stands alone too; 7-Zip opens no such image. */
  readonly udfLinks: boolean
  /** Lays VIDEO_TS out as players expect it. */
  readonly dvdVideo: boolean
  /** In the order of the boot catalog; a BIOS only looks at the first. */
  readonly bootFiles: readonly BootFileChoice[]
  /** Makes the image start from a USB stick too. */
  readonly hybrid: boolean
  /** MBR code of the boot loader for a hybrid image that a BIOS starts; null without. */
  readonly mbrCodePath: string | null
  /** Globs against the staged path or, without a slash, the name. */
  readonly exclude: readonly string[]
  /** Same input, same bytes: every date is SOURCE_DATE_EPOCH, or 2000-01-01 00:00 UTC; every owner is root. */
  readonly reproducible: boolean
  /** What to do with a source that can't be read: stop the job, or leave it out and list it. */
  readonly unreadable: 'stop' | 'skip'
  /** Compute SHA-256 of the image in the same pass. */
  readonly sha256: boolean
  /** Puts an MD5 of the image into it, as checkisomd5 reads it: all sources are read once more before. */
  readonly implantMd5: boolean
  /** Stores files of equal content once: files of one size are read before. */
  readonly dedupe: boolean
}

export interface ImageProject {
  readonly version: 1
  readonly steps: readonly StagingStep[]
  readonly options: CreateOptions
  /** What the steps led to when somebody last looked; a job stops when they lead elsewhere now. */
  readonly expected?: TreeCounts | undefined
}

export interface TreeCounts {
  /** Everything that is no folder. */
  readonly files: number
  /** Without the root. */
  readonly directories: number
}

export const defaultCreateOptions: CreateOptions = {
  label: null,
  ...presets.everywhere.options,
  bootFiles: [],
  mbrCodePath: null,
  exclude: [],
  reproducible: false,
  unreadable: 'stop',
  sha256: true,
  implantMd5: false,
  dedupe: false,
}

/** The preset that decides just this, if one does. */
export function presetOf(options: PresetOptions): PresetName | null {
  return presetNames.find((name) => decidesAs(presets[name].options, options)) ?? null
}

function decidesAs({ fileSystems, ...preset }: PresetOptions, options: PresetOptions): boolean {
  const others = Object.keys(preset) as (keyof typeof preset)[]
  const sameSystems = fileSystems.length === options.fileSystems.length && fileSystems.every((kind) => options.fileSystems.includes(kind))
  return sameSystems && others.every((key) => preset[key] === options[key])
}
