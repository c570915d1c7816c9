/** What an image is to be made of: plain data that replays, crosses process borders and can be saved. */

/** The trees an image can carry, all over one copy of the data. */
export const fileSystemKinds = ['iso9660', 'joliet', 'rockridge', 'udf'] as const
export type FileSystemKind = (typeof fileSystemKinds)[number]

export const presetNames = ['everywhere', 'windows', 'linux', 'oldest'] as const
export type PresetName = (typeof presetNames)[number]

export interface Preset {
  readonly title: string
  /** Who can read the result, in the user's words. */
  readonly reads: string
  readonly fileSystems: readonly FileSystemKind[]
  readonly isoLevel: IsoLevel
}

export type IsoLevel = 1 | 2 | 3

export const presets: Readonly<Record<PresetName, Preset>> = {
  everywhere: {
    title: 'Everywhere',
    reads: 'Windows, macOS, Linux and most players',
    fileSystems: ['iso9660', 'joliet', 'rockridge'],
    isoLevel: 3,
  },
  windows: { title: 'Windows', reads: 'Windows; long names, no Unix modes or links', fileSystems: ['iso9660', 'joliet'], isoLevel: 3 },
  linux: {
    title: 'Linux and Unix',
    reads: 'Linux and other Unix systems, with modes, owners and links',
    fileSystems: ['iso9660', 'rockridge'],
    isoLevel: 3,
  },
  oldest: { title: 'Oldest readers', reads: 'DOS and anything since; names of 8 and 3 capitals', fileSystems: ['iso9660'], isoLevel: 1 },
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
  readonly fileSystems: readonly FileSystemKind[]
  readonly isoLevel: IsoLevel
  /** Globs against the staged path or, without a slash, the name. */
  readonly exclude: readonly string[]
  /** Same input, same bytes: every date is SOURCE_DATE_EPOCH, or 2000-01-01 00:00 UTC; every owner is root. */
  readonly reproducible: boolean
  /** What to do with a source that can't be read: stop the job, or leave it out and list it. */
  readonly unreadable: 'stop' | 'skip'
  /** Compute SHA-256 of the image in the same pass. */
  readonly sha256: boolean
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
  fileSystems: presets.everywhere.fileSystems,
  isoLevel: presets.everywhere.isoLevel,
  exclude: [],
  reproducible: false,
  unreadable: 'stop',
  sha256: true,
}

/** The preset that has exactly these file systems and level, if one has. */
export function presetOf(options: Pick<CreateOptions, 'fileSystems' | 'isoLevel'>): PresetName | null {
  const same = (name: PresetName) =>
    presets[name].isoLevel === options.isoLevel &&
    presets[name].fileSystems.length === options.fileSystems.length &&
    presets[name].fileSystems.every((kind) => options.fileSystems.includes(kind))
  return presetNames.find(same) ?? null
}
