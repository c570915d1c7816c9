/** How an image was made, as options for making it again. */
import {
  type CreateOptions,
  defaultCreateOptions,
  type FileSystemKind,
  type IsoLevel,
  type JolietUnits,
  type UdfRevisionName,
  udfRevisionNames,
} from '../../../shared/image-project.ts'
import type { JobControl } from '../../../shared/job.ts'
import { revisionText } from '../../udf/revision.ts'
import type { RecordPolicy } from '../create/planned-tree.ts'
import type { SourceNode } from '../create/source-tree.ts'
import { isoLevelOf } from '../iso-level.ts'
import type { OpenImage } from '../open-image.ts'
import type { TakenTree } from './taken-tree.ts'

export interface FoundOptions {
  readonly options: CreateOptions
  readonly policy: Pick<RecordPolicy, 'isDeep' | 'fileVersion'>
}

const SHORT_JOLIET_UNITS: JolietUnits = 64
const LONG_JOLIET_UNITS: JolietUnits = 103
/** ECMA-119 6.8.2.1; the root counts. */
const MAX_LEVELS = 8
const MAX_SINGLE_EXTENT_BYTES = 0xffff_ffff

/** Of the image as it is; what was put in since can need more. */
export async function optionsOf(image: OpenImage, taken: TakenTree, label: string | null, control: JobControl): Promise<FoundOptions> {
  const traits = traitsOf(taken)
  const fileSystems = image.viewKinds
  const options: CreateOptions = {
    ...defaultCreateOptions,
    label,
    fileSystems,
    isoLevel: await levelOf(image, fileSystems, control),
    jolietUnits: traits.hasLongJoliet ? LONG_JOLIET_UNITS : SHORT_JOLIET_UNITS,
    udfRevision: udfRevisionOf(image),
    udfForLargeFiles: false,
    udfLinks: fileSystems.length === 1 && traits.hasLinks,
    dvdVideo: fileSystems.includes('udf') && taken.root.children?.get('VIDEO_TS')?.isDirectory === true,
    hybrid: false,
  }
  const hasRelocation = image.rockRidge !== null && image.volumes.primary !== null && hasMovedFolders(image)
  return {
    options,
    policy: {
      isDeep: traits.levels > MAX_LEVELS && !hasRelocation,
      fileVersion: traits.hasVersions || !fileSystems.includes('iso9660') ? ';1' : '',
    },
  }
}

/** The level that files put in since need. */
export function levelFor(root: SourceNode, level: IsoLevel): IsoLevel {
  if (level >= 3) return level
  const pending = [root]
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    for (const child of folder.children?.values() ?? []) {
      if (child.sizeBytes > MAX_SINGLE_EXTENT_BYTES) return 3
      if (child.isDirectory) pending.push(child)
    }
  }
  return level
}

/** Where another tree has the real names, plain ones may be as long as the format allows. */
async function levelOf(image: OpenImage, kinds: readonly FileSystemKind[], control: JobControl): Promise<IsoLevel> {
  if (image.volumes.enhanced !== null) return 4
  return kinds.length === 1 && kinds[0] === 'iso9660' ? isoLevelOf(image, control) : 3
}

/** The nearest revision that Isomer writes, not below. */
function udfRevisionOf({ udf }: OpenImage): UdfRevisionName {
  const text = udf === null ? '' : revisionText(udf.revision)
  return udfRevisionNames.find((name) => name >= text) ?? '2.60'
}

interface Traits {
  levels: number
  hasLongJoliet: boolean
  hasLinks: boolean
  hasVersions: boolean
}

function traitsOf({ root, origins }: TakenTree): Traits {
  const traits: Traits = { levels: 1, hasLongJoliet: false, hasLinks: false, hasVersions: false }
  const pending: [folder: SourceNode, level: number][] = [[root, 1]]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [folder, level] = next
    traits.levels = Math.max(traits.levels, level)
    for (const child of folder.children?.values() ?? []) {
      if ((child.extra?.keptNames?.joliet?.length ?? 0) > SHORT_JOLIET_UNITS) traits.hasLongJoliet = true
      if (child.type !== 'file' && child.type !== 'directory') traits.hasLinks = true
      if (child.type === 'file' && origins.get(child)?.entry.details?.hasVersion) traits.hasVersions = true
      if (child.isDirectory) pending.push([child, level + 1])
    }
  }
  return traits
}

/** Folders too deep for ISO 9660 were put elsewhere by its writer. */
function hasMovedFolders(image: OpenImage): boolean {
  const plain = image.view('iso9660')
  for (const entry of plain.children(plain.root)) if (/^\.?rr_moved/i.test(entry.name)) return true
  return false
}
