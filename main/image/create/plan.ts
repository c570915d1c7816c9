/** Plan: source tree and options become the trees of the image, with every entry's name in each. No I/O. */

import { formatSize } from '../../../shared/format.ts'
import type { CreateOptions, FileSystemKind } from '../../../shared/image-project.ts'
import { Problem } from '../../../shared/problem.ts'
import { enhancedNameRules } from '../../iso9660/enhanced-names.ts'
import { compareIdentifiers, isoNameRules, MAX_ISO_DEPTH } from '../../iso9660/iso-names.ts'
import { jolietNameRules } from '../../iso9660/joliet-names.ts'
import { assignSiblingNames, type NameRules } from '../../iso9660/sibling-names.ts'
import { udfRevisions } from '../../udf/revision.ts'
import { udfNameRules } from '../../udf/udf-names.ts'
import type { FoundBoot } from './boot-files.ts'
import { planBoot, planHybrid } from './boot-plan.ts'
import { orderForDvd } from './dvd-video.ts'
import { stagedPathOf } from './host-path.ts'
import { keptName } from './kept-names.ts'
import { planLabel } from './label.ts'
import {
  type BootPlan,
  FileContent,
  type ImagePlan,
  PlannedDirectory,
  PlannedEntry,
  type RecordPolicy,
  type SupplementaryForm,
  type SupplementaryTree,
} from './planned-tree.ts'
import { isShownIn } from './presence.ts'
import { SourceNode } from './source-tree.ts'
import { enhancedForm, isShownInForm, jolietForm } from './supplementary-form.ts'

/** Dates of a reproducible image when SOURCE_DATE_EPOCH doesn't say: 2000-01-01 00:00 UTC. */
const REPRODUCIBLE_TIME_S = 946_684_800

/** Largest file of one extent: data length is 32 bits (ECMA-119 10.1.4). */
const MAX_SINGLE_EXTENT_BYTES = 0xffff_ffff

/**
 * Plans the image. `derivedLabel` names it when the options don't. Throws a usage Problem when it can't be made:
 * nothing to write, a label that isn't allowed, a file too large for the level.
 */
export function planImage(root: SourceNode, options: CreateOptions, derivedLabel: string, facts: SourceFacts): ImagePlan {
  return new Planning(options, { ...policyOf(root, options), ...facts.policy }, facts).run(root, derivedLabel)
}

/** What is known of sources by looking into them. */
export interface SourceFacts {
  readonly boot: FoundBoot
  /** First bytes of the IFO files of a DVD-Video; left out for all else. */
  readonly dvdInformation?: ReadonlyMap<SourceNode, Buffer>
  /** What an image that is edited does otherwise than one made anew. */
  readonly policy?: Partial<Pick<RecordPolicy, 'isDeep' | 'fileVersion'>>
}

function policyOf(root: SourceNode, options: CreateOptions): RecordPolicy {
  const { fileSystems } = options
  const isWanted = new Set(fileSystems)
  const hasUdf = isWanted.has('udf') || (options.udfForLargeFiles && hasFileOver(root, MAX_SINGLE_EXTENT_BYTES))
  // Joliet and Rock Ridge stand on ISO 9660.
  const iso9660 = fileSystems.some((kind) => kind !== 'udf')
  return {
    iso9660,
    joliet: isWanted.has('joliet') ? options.jolietUnits : null,
    rockRidge: isWanted.has('rockridge'),
    enhanced: iso9660 && options.isoLevel === 4,
    udf: hasUdf ? udfRevisions[options.udfRevision] : null,
    // Beside ISO 9660 they harm nobody: 7-Zip then takes that tree.
    udfLinks: options.udfLinks || iso9660,
    isDeep: false,
    fileVersion: ';1',
    fixedTimeS: options.reproducible ? reproducibleTimeS() : null,
    fixedOwner: options.reproducible,
  }
}

function hasFileOver(root: SourceNode, sizeBytes: number): boolean {
  const pending = [root]
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    for (const child of folder.children?.values() ?? []) {
      if (child.sizeBytes > sizeBytes) return true
      if (child.isDirectory) pending.push(child)
    }
  }
  return false
}

type NameField = 'isoName' | 'jolietName' | 'enhancedName' | 'udfName'

class Planning {
  private readonly options: CreateOptions
  private readonly policy: RecordPolicy
  private readonly isoRules: NameRules
  private readonly facts: SourceFacts
  private readonly contents: FileContent[] = []
  private readonly bootNodes: ReadonlySet<SourceNode>
  private readonly bootContents = new Map<SourceNode, FileContent>()
  private readonly hardLinks = new Map<string, FileContent>()
  private readonly stored = new Map<string, FileContent>()
  private readonly tooDeep: PlannedDirectory[] = []
  private nextSerial = 1
  private fileCount = 0
  private directoryCount = 0
  private contentBytes = 0

  constructor(options: CreateOptions, policy: RecordPolicy, facts: SourceFacts) {
    this.options = options
    this.policy = policy
    this.facts = facts
    this.bootNodes = new Set(facts.boot.files.map(({ node }) => node))
    this.isoRules = isoNameRules(options.isoLevel)
  }

  run(source: SourceNode, derivedLabel: string): ImagePlan {
    const label = planLabel(this.options.label, derivedLabel)
    if (source.children === null || source.children.size === 0)
      throw new Problem({
        kind: 'usage',
        code: 'nothing-to-write',
        message: 'There is nothing to put into the image.',
        kept: 'Nothing was written.',
        advice: 'Add at least one file or folder.',
      })
    const root = new PlannedDirectory(new PlannedEntry(source, this.nextSerial++), null)
    root.entry.directory = root
    const { policy } = this
    const relocation = this.planTree(root)
    const boot = this.planBoot()
    const { dvdInformation } = this.facts
    return {
      label,
      policy,
      isoLevel: this.options.isoLevel,
      root,
      relocation,
      isoDirectories: policy.iso9660 ? depthFirst(root, relocation) : [],
      isoPathTable: policy.iso9660
        ? breadthFirst(root, (directory) => isoSubdirectories(directory, directory === root ? relocation : null))
        : [],
      supplementaryTrees: [...(policy.joliet === null ? [] : [jolietForm]), ...(policy.enhanced ? [enhancedForm] : [])].map((form) =>
        supplementaryTree(root, form),
      ),
      contents: dvdInformation === undefined ? this.contents : orderForDvd(this.contents, dvdInformation),
      fileCount: this.fileCount,
      directoryCount: this.directoryCount,
      boot,
      systemArea: planHybrid(this.facts.boot, boot, this.options),
      kept: null,
      implantsMd5: this.requireImplantable(),
      serialLimit: this.nextSerial,
      contentBytes: this.contentBytes,
    }
  }

  /** Gives the folder for what is too deep, if there is any. */
  private planTree(root: PlannedDirectory): PlannedDirectory | null {
    let relocation: PlannedDirectory | null = null
    const pending = [root]
    for (let directory = pending.pop(); directory !== undefined; directory = pending.pop()) {
      if (
        this.policy.iso9660 &&
        !this.policy.isDeep &&
        directory.isoDepth > MAX_ISO_DEPTH &&
        isShownIn('iso9660', directory.entry.source)
      ) {
        relocation ??= this.addRelocationFolder(root)
        relocate(directory, relocation)
        this.tooDeep.push(directory)
      }
      this.planDirectory(directory)
      for (let i = directory.children.length - 1; i >= 0; i--) {
        const child = directory.children[i]?.directory
        if (child) pending.push(child)
      }
    }
    if (relocation !== null) this.nameRelocated(relocation)
    return relocation
  }

  private planDirectory(directory: PlannedDirectory): void {
    const sources = [...(directory.entry.source.children as Map<string, SourceNode>).values()].sort(byName)
    const names = this.namesOf(sources)
    for (const [i, source] of sources.entries()) {
      const entry = new PlannedEntry(source, this.nextSerial++)
      for (const [tree, own] of names) entry[tree] = own[i] as string
      directory.children.push(entry)
      if (source.isDirectory) {
        entry.directory = new PlannedDirectory(entry, directory)
        directory.subdirectoryCount++
        this.directoryCount++
      } else {
        this.fileCount++
        if (source.type === 'file') {
          entry.content = this.contentOf(source, entry.serialNumber)
          if (this.bootNodes.has(source)) this.bootContents.set(source, entry.content)
        }
      }
    }
  }

  /** Names in the trees that are made. */
  private namesOf(siblings: readonly SourceNode[]): [NameField, string[]][] {
    const { iso9660, rockRidge, joliet, enhanced, udf } = this.policy
    const names: [NameField, string[]][] = []
    const kept = (kind: FileSystemKind) => keptName(kind, rockRidge)
    if (iso9660) names.push(['isoName', assignSiblingNames(siblings, this.isoRules, kept('iso9660'))])
    if (joliet !== null) names.push(['jolietName', assignSiblingNames(siblings, jolietNameRules(joliet), kept('joliet'))])
    if (enhanced) names.push(['enhancedName', assignSiblingNames(siblings, enhancedNameRules)])
    if (udf !== null) names.push(['udfName', assignSiblingNames(siblings, udfNameRules, kept('udf'))])
    return names
  }

  private contentOf(source: SourceNode, serialNumber: number): FileContent {
    if (this.policy.iso9660 && this.options.isoLevel < 3 && source.sizeBytes > MAX_SINGLE_EXTENT_BYTES) throw this.tooLarge(source)
    const key = source.extra?.hardLinkKey
    const known = key === undefined ? undefined : this.hardLinks.get(key)
    if (known !== undefined) {
      known.linkCount++
      return known
    }
    const content = new FileContent(source, serialNumber)
    if (key !== undefined) this.hardLinks.set(key, content)
    this.shareStored(content)
    this.contents.push(content)
    this.contentBytes += source.sizeBytes
    return content
  }

  private planBoot(): BootPlan | null {
    const boot = planBoot(this.facts.boot, ({ node }) => this.bootContents.get(node) as FileContent)
    if (boot === null || this.policy.iso9660) return boot
    throw new Problem({
      kind: 'usage',
      code: 'boot-without-iso9660',
      message: 'Computers start from ISO 9660; this image would be UDF alone.',
      kept: 'Nothing was written.',
      advice: 'Add ISO 9660, or leave the boot files out.',
    })
  }

  private requireImplantable(): boolean {
    if (this.policy.iso9660 || !this.options.implantMd5) return this.options.implantMd5
    throw new Problem({
      kind: 'usage',
      code: 'implant-without-iso9660',
      message: 'An MD5 is implanted in ISO 9660; this image would be UDF alone.',
      kept: 'Nothing was written.',
      advice: 'Add ISO 9660, or leave the MD5 out.',
    })
  }

  /** Files of an image that is edited can share their bytes without being links of one another. */
  private shareStored(content: FileContent): void {
    const key = content.source.extra?.content?.key
    if (key === undefined) return
    const first = this.stored.get(key)
    if (first === undefined) this.stored.set(key, content)
    else content.rareFacts.storedWith = first
  }

  private tooLarge(source: SourceNode): Problem {
    return new Problem({
      kind: 'usage',
      code: 'file-too-large-for-level',
      message: `‘${stagedPathOf(source)}’ has ${formatSize(source.sizeBytes)}; ISO 9660 level ${this.options.isoLevel} ends at 4 GiB.`,
      kept: 'Nothing was written.',
      advice: 'Choose ISO 9660 level 3.',
    })
  }

  /** The folder of the first name that is free; readers know the first two and hide them. */
  private addRelocationFolder(root: PlannedDirectory): PlannedDirectory {
    const taken = root.entry.source.children as Map<string, SourceNode>
    const known = ['rr_moved', '.rr_moved']
    let name = known.find((candidate) => !taken.has(candidate))
    for (let i = 1; name === undefined; i++) if (!taken.has(`rr_moved.${i}`)) name = `rr_moved.${i}`
    const source = new SourceNode(name, 'directory')
    source.mode = 0o040755
    const from = root.entry.source
    source.modifiedS = from.modifiedS
    source.accessedS = from.accessedS
    source.changedS = from.changedS
    const siblings = [...root.children.map((child) => child.source), source]
    const entry = new PlannedEntry(source, this.nextSerial++)
    entry.isoName = assignSiblingNames(siblings, this.isoRules).at(-1) as string
    entry.directory = new PlannedDirectory(entry, root)
    entry.directory.relocatedHere = new Map()
    return entry.directory
  }

  private nameRelocated(relocation: PlannedDirectory): void {
    const sources = this.tooDeep.map((directory) => directory.entry.source)
    const names = assignSiblingNames(sources, this.isoRules)
    for (const [i, directory] of this.tooDeep.entries()) relocation.relocatedHere?.set(directory, names[i] as string)
  }
}

function relocate(directory: PlannedDirectory, relocation: PlannedDirectory): void {
  directory.isoParent = relocation
  directory.isoDepth = relocation.isoDepth + 1
}

/** The directory's name in the ISO 9660 tree, which for a relocated one differs from where people see it. */
export function isoDirectoryName(directory: PlannedDirectory): string {
  return directory.isoParent?.relocatedHere?.get(directory) ?? directory.entry.isoName
}

/** Directories directly below, in the ISO 9660 tree; the root has the relocation folder besides. */
function isoSubdirectories(directory: PlannedDirectory, relocation: PlannedDirectory | null): PlannedDirectory[] {
  const below: PlannedDirectory[] = relocation === null ? [] : [relocation]
  for (const { directory: child, source } of directory.children)
    if (child && !child.isRelocated && isShownIn('iso9660', source)) below.push(child)
  if (directory.relocatedHere) below.push(...directory.relocatedHere.keys())
  return below.sort((a, b) => compareIdentifiers(isoDirectoryName(a), isoDirectoryName(b)))
}

function supplementaryTree(root: PlannedDirectory, form: SupplementaryForm): SupplementaryTree {
  const below = (directory: PlannedDirectory) =>
    directory.children
      .flatMap((entry) => (isShownInForm(form, entry.source) ? (entry.directory ?? []) : []))
      .sort((a, b) => form.compare(form.name(a.entry), form.name(b.entry)))
  return { form, directories: breadthFirst(root, below) }
}

/** Directories by level, then parent, then name: the order of a path table (ECMA-119 7.9.3). */
function breadthFirst(root: PlannedDirectory, below: (directory: PlannedDirectory) => PlannedDirectory[]): PlannedDirectory[] {
  const all = [root]
  for (const directory of all) all.push(...below(directory))
  return all
}

/**
 * Directories folder by folder, with everything relocated before the places it is missed in: libarchive reads in the
 * order of the blocks and must have seen a relocated directory before the record that leads to it.
 */
function depthFirst(root: PlannedDirectory, relocation: PlannedDirectory | null): PlannedDirectory[] {
  const all = relocation === null ? [root] : [root, relocation]
  const visit = (top: PlannedDirectory) => {
    const pending = [top]
    for (let directory = pending.pop(); directory !== undefined; directory = pending.pop()) {
      if (directory !== root) all.push(directory)
      for (let i = directory.children.length - 1; i >= 0; i--) {
        const child = directory.children[i]?.directory
        if (child && !child.isRelocated && isShownIn('iso9660', child.entry.source)) pending.push(child)
      }
    }
  }
  for (const directory of relocation?.relocatedHere?.keys() ?? []) visit(directory)
  visit(root)
  return all
}

/** Code unit order: the same on every machine and in every locale. */
function byName(a: SourceNode, b: SourceNode): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0
}

function reproducibleTimeS(): number {
  const given = process.env['SOURCE_DATE_EPOCH']
  if (given === undefined || given === '') return REPRODUCIBLE_TIME_S
  if (/^\d{1,11}$/.test(given)) return Number(given)
  throw new Problem({
    kind: 'usage',
    code: 'source-date-epoch',
    message: `SOURCE_DATE_EPOCH is ‘${given}’, which is no number of seconds.`,
    kept: 'Nothing was written.',
    advice: 'Set it to whole seconds since 1970, or unset it.',
  })
}
