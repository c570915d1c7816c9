/** What each file system of a plan will hold differently from the source, said one by one. Derived, never stored. */
import { formatNumber } from '../../../shared/format.ts'
import type { Change } from '../../../shared/image-model.ts'
import { MAX_ENHANCED_NAME_BYTES, toEnhancedCharacters } from '../../iso9660/enhanced-names.ts'
import { splitExtension, toDCharacters } from '../../iso9660/iso-names.ts'
import { toJolietCharacters } from '../../iso9660/joliet-names.ts'
import { MAX_NUMBERED_DIRECTORIES } from '../../iso9660/path-table-record.ts'
import { isUnusualOnWindows, toUdfCharacters } from '../../udf/udf-names.ts'
import { stagedPathOf } from './host-path.ts'
import { isoDirectoryName } from './plan.ts'
import type { ImagePlan, PlannedDirectory, PlannedEntry } from './planned-tree.ts'
import { canBeInUdf, isInUdf } from './planned-udf-tree.ts'

/** Longest target of a symbolic link that every known reader takes (libisofs: LIBISOFS_NODE_PATH_MAX). */
const MAX_COMMON_LINK_BYTES = 1023

/** What file systems say of entries that are neither file nor folder. */
const lacking = {
  symlink: {
    iso9660: 'Plain ISO 9660 has no symbolic links.',
    joliet: 'Joliet has no symbolic links.',
    udf: '7-Zip opens no UDF with symbolic links, so they are left out unless asked for.',
  },
  fifo: {
    iso9660: 'Plain ISO 9660 has no pipes.',
    joliet: 'Joliet has no pipes.',
    udf: '7-Zip opens no UDF with pipes, so they are left out unless asked for.',
  },
  socket: {
    iso9660: 'Plain ISO 9660 has no sockets.',
    joliet: 'Joliet has no sockets.',
    udf: '7-Zip opens no UDF with sockets, so they are left out unless asked for.',
  },
  device: {
    iso9660: 'Plain ISO 9660 has no device nodes.',
    joliet: 'Joliet has no device nodes.',
    udf: '7-Zip opens no UDF with device nodes, so they are left out unless asked for.',
  },
} as const

function specialKind({ source: { type } }: PlannedEntry): keyof typeof lacking {
  return type === 'symlink' || type === 'fifo' || type === 'socket' ? type : 'device'
}

/** All changes of the plan in tree order. The label's come first. */
export function* changesOf(plan: ImagePlan): Generator<Change> {
  yield* labelChanges(plan)
  yield* directoryLimitChanges(plan)
  const { iso9660, joliet, rockRidge, enhanced, udf } = plan.policy
  const pending = [plan.root]
  for (let directory = pending.pop(); directory !== undefined; directory = pending.pop()) {
    const folder = directory.parent === null ? '' : stagedPathOf(directory.entry.source)
    const clashing = joliet === null && udf === null ? null : caseClashes(plan, directory)
    for (const entry of directory.children) {
      const path = `${folder}/${entry.source.name}`
      if (iso9660) yield* isoChanges(plan, entry, path)
      if (enhanced) yield* enhancedChanges(entry, path)
      if (joliet !== null) yield* jolietChanges(joliet, entry, path)
      if (udf !== null) yield* udfChanges(plan, entry, path)
      if (rockRidge && (entry.source.extra?.linkTarget?.length ?? 0) > MAX_COMMON_LINK_BYTES) yield longLinkCaution(path)
      if (clashing?.has(entry)) yield caseCaution(plan, entry, path)
    }
    for (let i = directory.children.length - 1; i >= 0; i--) {
      const child = directory.children[i]?.directory
      if (child) pending.push(child)
    }
  }
}

/** Where Rock Ridge or Joliet carry the real names, plain capitals alone are no news. */
function* isoChanges(plan: ImagePlan, entry: PlannedEntry, path: string): Generator<Change> {
  const { directory, source } = entry
  if (directory?.isRelocated) {
    const place = `/${plan.relocation?.entry.isoName}/${isoDirectoryName(directory)}`
    const reason = plan.policy.rockRidge
      ? 'Too deep for ISO 9660; kept aside there, and shown in its place by Rock Ridge.'
      : 'Too deep for ISO 9660; kept aside there.'
    yield { fileSystem: 'iso9660', kind: 'relocated', path, becomes: place, reason }
  }
  if (!plan.policy.rockRidge && directory === null && entry.content === null) {
    yield { fileSystem: 'iso9660', kind: 'omitted', path, becomes: null, reason: lacking[specialKind(entry)].iso9660 }
    return
  }
  const shown = entry.isoName.endsWith('.') ? entry.isoName.slice(0, -1) : entry.isoName
  if (shown === source.name || shown === source.name.toUpperCase()) return
  const whole = inWholeLength(source.name, directory !== null)
  const kind = shown === whole ? 'mapped' : shown.length < whole.length ? 'shortened' : 'numbered'
  const reason = {
    shortened: `Longer than ISO 9660 level ${Math.min(plan.isoLevel, 3)} allows.`,
    mapped: 'ISO 9660 has capitals, digits and _ only.',
    numbered: 'Another name becomes the same in ISO 9660.',
  }[kind]
  yield { fileSystem: 'iso9660', kind, path, becomes: shown, reason }
}

/** The name with every character as ISO 9660 has it, before anything is cut. */
function inWholeLength(name: string, isDirectory: boolean): string {
  if (isDirectory) return toDCharacters(name)
  const { base, extension } = splitExtension(name)
  return toDCharacters(base) + (extension === '' ? '' : `.${toDCharacters(extension)}`)
}

/** Only where the plain tree's long names are cut again. */
function* enhancedChanges({ source, enhancedName, directory, content }: PlannedEntry, path: string): Generator<Change> {
  if ((directory === null && content === null) || enhancedName === source.name) return
  const mapped = toEnhancedCharacters(source.name)
  const isCut = Buffer.byteLength(mapped) > MAX_ENHANCED_NAME_BYTES
  const kind = isCut ? 'shortened' : mapped !== source.name ? 'mapped' : 'numbered'
  const reason = {
    shortened: `Longer than the ${MAX_ENHANCED_NAME_BYTES} bytes that ISO 9660:1999 allows.`,
    mapped: 'Readers of ISO 9660:1999 don’t show such an ending.',
    numbered: 'Another name becomes the same in ISO 9660:1999.',
  }[kind]
  yield { fileSystem: 'iso9660', kind, path, becomes: enhancedName, reason }
}

function* jolietChanges(maxUnits: number, entry: PlannedEntry, path: string): Generator<Change> {
  const { source, jolietName } = entry
  if (entry.directory === null && entry.content === null) {
    yield { fileSystem: 'joliet', kind: 'omitted', path, becomes: null, reason: lacking[specialKind(entry)].joliet }
    return
  }
  if (jolietName !== source.name) {
    const mapped = toJolietCharacters(source.name) !== source.name
    const shortened = toJolietCharacters(source.name).length > maxUnits
    const kind = shortened ? 'shortened' : mapped ? 'mapped' : 'numbered'
    const reason = {
      shortened: `Longer than the ${maxUnits} letters that Joliet allows.`,
      mapped: 'Joliet lacks some of its characters.',
      numbered: 'Another name becomes the same in Joliet.',
    }[kind]
    yield { fileSystem: 'joliet', kind, path, becomes: jolietName, reason }
  }
  if (/[. ]$/.test(jolietName))
    yield {
      fileSystem: 'joliet',
      kind: 'caution',
      path,
      becomes: jolietName,
      reason: 'Windows can’t open names that end in a dot or space.',
    }
}

function* udfChanges(plan: ImagePlan, entry: PlannedEntry, path: string): Generator<Change> {
  const { source, udfName } = entry
  if (!isInUdf(plan, source)) {
    const reason = canBeInUdf(source) ? lacking[specialKind(entry)].udf : 'A part of its target is longer than UDF allows.'
    yield { fileSystem: 'udf', kind: 'omitted', path, becomes: null, reason }
    return
  }
  if (udfName !== source.name) {
    const mapped = toUdfCharacters(source.name)
    const kind = mapped !== source.name ? 'mapped' : udfName.length < source.name.length ? 'shortened' : 'numbered'
    const reason = {
      mapped: 'UDF can’t record some of its characters.',
      shortened: 'Longer than the 254 Latin or 127 other letters that UDF allows.',
      numbered: 'Another name becomes the same in UDF.',
    }[kind]
    yield { fileSystem: 'udf', kind, path, becomes: udfName, reason }
  }
  // What Joliet says of its own names goes for these too.
  if (plan.policy.joliet === null && isUnusualOnWindows(udfName))
    yield { fileSystem: 'udf', kind: 'caution', path, becomes: udfName, reason: 'Windows can’t open such names.' }
}

function* labelChanges(plan: ImagePlan): Generator<Change> {
  const { label, policy } = plan
  if (policy.iso9660 && label.iso9660 !== label.text)
    yield {
      fileSystem: 'iso9660',
      kind: 'mapped',
      path: '/',
      becomes: label.iso9660,
      reason: 'The label in plain ISO 9660 has Latin letters only.',
    }
  if (policy.joliet !== null && label.joliet !== label.text)
    yield {
      fileSystem: 'joliet',
      kind: label.text.length > label.joliet.length ? 'shortened' : 'mapped',
      path: '/',
      becomes: label.joliet,
      reason: 'The label in Joliet has 16 letters.',
    }
}

function* directoryLimitChanges(plan: ImagePlan): Generator<Change> {
  const count = plan.isoPathTable.length
  if (count > MAX_NUMBERED_DIRECTORIES)
    yield {
      fileSystem: 'iso9660',
      kind: 'caution',
      path: '/',
      becomes: null,
      reason: `Path tables number ${formatNumber(MAX_NUMBERED_DIRECTORIES)} folders; this image has ${formatNumber(count)}. Very old readers will miss the rest.`,
    }
}

/** The name that Windows sees. */
const windowsName = (plan: ImagePlan, entry: PlannedEntry): string => (plan.policy.joliet === null ? entry.udfName : entry.jolietName)

/** Siblings whose names differ only in case: Windows can open only one of them. */
function caseClashes(plan: ImagePlan, directory: PlannedDirectory): ReadonlySet<PlannedEntry> {
  const first = new Map<string, PlannedEntry>()
  const clashing = new Set<PlannedEntry>()
  for (const entry of directory.children) {
    const key = windowsName(plan, entry).toLowerCase()
    const other = first.get(key)
    if (other === undefined) first.set(key, entry)
    else clashing.add(other).add(entry)
  }
  return clashing
}

function caseCaution(plan: ImagePlan, entry: PlannedEntry, path: string): Change {
  return {
    fileSystem: plan.policy.joliet === null ? 'udf' : 'joliet',
    kind: 'caution',
    path,
    becomes: windowsName(plan, entry),
    reason: 'Another name differs only in capitals; Windows can open only one of them.',
  }
}

function longLinkCaution(path: string): Change {
  const reason = `Its target is longer than ${formatNumber(MAX_COMMON_LINK_BYTES)} bytes: Linux reads it, but xorriso and isoinfo refuse images with such links.`
  return { fileSystem: 'rockridge', kind: 'caution', path, becomes: null, reason }
}
