/** `isomer create`: an image from files and folders. */
import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { formatCount, formatDuration, formatExactBytes } from '../../shared/format.ts'
import type { Change } from '../../shared/image-model.ts'
import {
  type BootFileChoice,
  bootEmulations,
  type CreateOptions,
  defaultCreateOptions,
  type FileSystemKind,
  fileSystemKinds,
  type ImageProject,
  type IsoLevel,
  isoLevels,
  type PresetOptions,
  presetNames,
  presets,
  type StagingStep,
  udfRevisionNames,
} from '../../shared/image-project.ts'
import type { CreateResult } from '../../shared/job.ts'
import type { Problem } from '../../shared/problem.ts'
import { ioProblem } from '../bytes/io-problem.ts'
import { type ChangeListener, createImage, type PlannedProject, planProject, streamImage } from '../image/create/create-image.ts'
import { numberOf, oneOf, operandsOf, usageProblem } from './arguments.ts'
import { changeLine } from './change-line.ts'
import { type Command, type CommandLine, commonOptions, type OptionSpecs, progressOption } from './command.ts'
import { withControl } from './command-control.ts'
import { printable, printNotice, printResult, writeResultBytes } from './output.ts'
import { presetWords } from './preset-words.ts'

const STREAM = '-'

async function run(line: CommandLine): Promise<number> {
  const { options } = line
  const outPath = options.value('output')
  const savePath = options.value('save-project')
  const isDryRun = options.flag('dry-run')
  if (options.value('project') === null) operandsOf('create', create, line, 1, Number.POSITIVE_INFINITY)
  if (outPath === null && savePath === null && !isDryRun)
    throw usageProblem('missing-output', 'create needs a name for the image: -o OUT.iso.', 'See isomer create --help.')
  const project = options.value('project') === null ? projectOf(line) : await savedProject(line)
  if (savePath !== null) await saveProject(project, savePath, line)
  if (isDryRun) reportPlan(outPath, await withControl(line, (control) => planProject(project, control)), line)
  else if (outPath !== null) await make(project, outPath, line)
  return 0
}

function projectOf(line: CommandLine): ImageProject {
  const sources = line.operands
  return { version: 1, steps: sources.map((source) => stepFor(source, sources.length === 1)), options: optionsOf(line) }
}

async function savedProject(line: CommandLine): Promise<ImageProject> {
  const { openProject } = await import('./create-project.ts')
  return openProject(line, createOptions)
}

async function saveProject(project: ImageProject, path: string, line: CommandLine): Promise<void> {
  const { writeProject } = await import('../image/project-file.ts')
  writeProject(project, resolve(path), line.options.flag('force'))
  if (!line.options.flag('quiet') && !line.options.flag('json')) printNotice(`Saved the project as ${printable(path)}.\n`)
}

async function make(project: ImageProject, outPath: string, line: CommandLine): Promise<void> {
  const changes: Change[] = []
  const asks = line.options.flag('json') || line.options.flag('verbose')
  const listener: { onChanges?: ChangeListener } = asks
    ? {
        onChanges: (all) => {
          for (const change of all) changes.push(change)
        },
      }
    : {}
  const result = await withControl(line, (control) =>
    outPath === STREAM
      ? streamImage({ project, write: writeResultBytes, ...listener }, control)
      : createImage({ project, outPath, overwrite: line.options.flag('force'), ...listener }, control),
  )
  reportResult(result, changes, line)
}

/** The contents of an only folder become the root; several sources stand in it side by side. */
function stepFor(source: string, isOnly: boolean): StagingStep {
  const hostPath = resolve(source)
  try {
    return { step: 'add', hostPath, into: '/', contentsOnly: statSync(hostPath).isDirectory() && isOnly }
  } catch (error) {
    throw ioProblem(error, `Could not read ‘${source}’.`, 'Nothing was written.')
  }
}

function optionsOf(line: CommandLine): CreateOptions {
  const { options } = line
  return {
    ...defaultCreateOptions,
    ...fileSystemOptionsOf(line),
    ...bootOptionsOf(line),
    label: options.value('label'),
    exclude: options.values('exclude'),
    reproducible: options.flag('reproducible'),
    unreadable: options.flag('skip-unreadable') ? 'skip' : 'stop',
    sha256: !options.flag('no-sha256'),
    implantMd5: options.flag('implant-md5'),
    dedupe: options.flag('dedupe'),
  }
}

/** The preset, and what is said besides. */
function fileSystemOptionsOf({ options }: CommandLine): PresetOptions {
  const preset = presets[oneOf('preset', options.value('preset'), presetNames, 'everywhere')].options
  const listed = fileSystemsOf(options.value('fs'))
  const level = options.value('iso-level')
  const wanted: PresetOptions = {
    ...preset,
    // Who lists the file systems wants these and no others.
    ...(listed && { fileSystems: listed, udfForLargeFiles: false }),
    isoLevel: level === null ? preset.isoLevel : (Number(oneOf('iso-level', level, isoLevels.map(String), '3')) as IsoLevel),
    jolietUnits: options.flag('joliet-long') ? 103 : preset.jolietUnits,
    udfRevision: oneOf('udf-revision', options.value('udf-revision'), udfRevisionNames, preset.udfRevision),
    udfLinks: options.flag('udf-links') || preset.udfLinks,
  }
  const hasUdf = wanted.fileSystems.includes('udf') || wanted.udfForLargeFiles
  const udfOption = ['udf-revision', 'udf-links'].find((name) => options.value(name) !== null || options.flag(name))
  if (!hasUdf && udfOption !== undefined) throw optionWithout(udfOption, 'UDF', 'Add udf to --fs.')
  if (!wanted.fileSystems.includes('joliet') && options.flag('joliet-long'))
    throw optionWithout('joliet-long', 'Joliet', 'Add joliet to --fs.')
  if (!wanted.fileSystems.includes('iso9660') && level !== null) throw optionWithout('iso-level', 'ISO 9660', 'Add iso9660 to --fs.')
  return wanted
}

function optionWithout(option: string, what: string, advice: string): Problem {
  return usageProblem('option-without-file-system', `--${option} says something about ${what}, which this image would not have.`, advice)
}

/** Files are found from the current folder. */
function bootOptionsOf(line: CommandLine): Partial<CreateOptions> {
  const { options } = line
  const emulation = oneOf('boot-emulation', options.value('boot-emulation'), bootEmulations, 'auto')
  const loadSectors = numberOf('boot-load-sectors', line)
  if (loadSectors === 0)
    throw usageProblem('bad-option-value', 'A BIOS can’t load 0 sectors.', 'Leave --boot-load-sectors out for the usual 4.')
  const choose = (platform: BootFileChoice['platform']) =>
    options.values(`boot-${platform}`).map((path): BootFileChoice => ({ platform, hostPath: resolve(path), emulation, loadSectors }))
  const mbr = options.value('mbr')
  return {
    bootFiles: [...choose('bios'), ...choose('uefi')],
    ...((options.flag('hybrid') || mbr !== null) && { hybrid: true }),
    mbrCodePath: mbr === null ? null : resolve(mbr),
  }
}

/** In the order of the format. UDF can be alone; the others stand on the plain tree. */
function fileSystemsOf(list: string | null): FileSystemKind[] | null {
  if (list === null) return null
  const wanted = list.split(',').map((name) => oneOf('fs', name.trim(), fileSystemKinds, 'iso9660'))
  const hasIso = wanted.some((kind) => kind !== 'udf')
  return fileSystemKinds.filter((kind) => (kind === 'iso9660' ? hasIso : wanted.includes(kind)))
}

function reportPlan(outPath: string | null, plan: PlannedProject, line: CommandLine): void {
  if (line.options.flag('json')) {
    const { sizeBytes, files, directories, label, fileSystems, changes, skipped } = plan
    printResult(
      `${JSON.stringify({ path: outPath, dryRun: true, sizeBytes, sha256: null, files, directories, label, fileSystems, changes, skipped })}\n`,
    )
    return
  }
  for (const change of plan.changes) printResult(`${changeLine(change)}\n`)
  for (const skipped of plan.skipped) printResult(`${printable(`${skipped.path}: left out. ${skipped.reason}`)}\n`)
  const what = `${formatCount(plan.files, 'file', 'files')} and ${formatCount(plan.directories, 'folder', 'folders')}`
  printResult(`The image would have ${formatExactBytes(plan.sizeBytes)}, with ${what}, and the label ${printable(plan.label)}.\n`)
}

function reportResult(result: CreateResult, changes: readonly Change[], line: CommandLine): void {
  const isStream = result.path === STREAM
  if (line.options.flag('json')) {
    const { path, sizeBytes, sha256, files, directories, skipped } = result
    const text = `${JSON.stringify({ path, sizeBytes, sha256, files, directories, changes, skipped })}\n`
    // Standard output is the image itself when it is streamed.
    if (isStream) printNotice(text)
    else printResult(text)
    return
  }
  if (line.options.flag('quiet')) return
  for (const change of changes) printNotice(`isomer: ${changeLine(change)}\n`)
  for (const skipped of result.skipped) printNotice(`isomer: ${printable(`${skipped.path}: left out. ${skipped.reason}`)}\n`)
  const what = `${formatCount(result.files, 'file', 'files')} and ${formatCount(result.directories, 'folder', 'folders')}`
  const lines = [
    `Wrote ${isStream ? 'the image' : printable(result.path)}: ${formatExactBytes(result.sizeBytes)}, ${what}, in ${formatDuration(result.durationMs)}.`,
  ]
  if (result.sha256 !== null) lines.push(`SHA-256 ${result.sha256}`)
  if (result.changeCount > 0)
    lines.push(
      `${formatCount(result.changeCount, 'name or attribute differs', 'names or attributes differ')} in some file system; --dry-run lists what and why.`,
    )
  for (const text of lines) isStream ? printNotice(`${text}\n`) : printResult(`${text}\n`)
}

const createOptions: OptionSpecs = {
  output: { type: 'string', short: 'o', value: 'OUT.iso', help: 'name of the image; - for standard output' },
  project: {
    type: 'string',
    value: 'FILE',
    help: 'make the image of a project that was saved in the window or with --save-project; it names the sources and options',
  },
  'save-project': { type: 'string', value: 'FILE', help: 'keep sources and options as a project; without -o nothing else is written' },
  label: { type: 'string', value: 'L', help: 'volume label; the name of the first source when not given' },
  preset: { type: 'string', value: 'P', help: presetNames.map((name) => `${name} (${presetWords[name]})`).join('; ') },
  fs: {
    type: 'string',
    value: 'LIST',
    help: `file systems instead of the preset's, of ${fileSystemKinds.join(', ')}; all lie over one copy of the data, and udf can stand alone`,
  },
  'iso-level': {
    type: 'string',
    value: 'N',
    help: 'ISO 9660 level 1, 2, 3, or 4 for names of 207 bytes in a second tree (ISO 9660:1999)',
  },
  'joliet-long': {
    type: 'boolean',
    help: 'Joliet names of up to 103 letters, as Windows and Linux read them, instead of the 64 of the specification',
  },
  'udf-revision': { type: 'string', value: 'R', help: `revision of UDF: ${udfRevisionNames.join(', ')}; 1.02 is read by most` },
  'udf-links': { type: 'boolean', help: 'symbolic links and device nodes in UDF that stands alone too; 7-Zip opens no such image' },
  'boot-bios': {
    type: 'string',
    multiple: true,
    value: 'FILE',
    help: 'file that a BIOS starts from; used where it is when it lies in a source, else added under /boot. A boot-info table is filled in, floppy and hard disk images are emulated. May be given several times; a BIOS takes the first',
  },
  'boot-uefi': {
    type: 'string',
    multiple: true,
    value: 'FILE',
    help: 'FAT image with EFI/BOOT in it that UEFI starts from; may be given several times',
  },
  'boot-emulation': {
    type: 'string',
    value: 'KIND',
    help: `what a BIOS takes its file for: ${bootEmulations.join(', ')}; auto looks at the file`,
  },
  'boot-load-sectors': {
    type: 'string',
    value: 'N',
    help: 'sectors of 512 bytes that a BIOS loads of its file without emulation; 4 when not given',
  },
  hybrid: { type: 'boolean', help: 'the image starts from a USB stick too: UEFI by itself, a BIOS with --mbr' },
  mbr: {
    type: 'string',
    value: 'FILE',
    help: "boot loader's MBR code for a hybrid image: isolinux's isohdpfx.bin or GRUB's boot_hybrid.img",
  },
  exclude: {
    type: 'string',
    multiple: true,
    value: 'GLOB',
    help: 'leave out what matches, by name or, with a slash, by path; may be given several times',
  },
  reproducible: {
    type: 'boolean',
    help: 'same input, same bytes: every date is SOURCE_DATE_EPOCH, or 2000-01-01 00:00 UTC; every owner is root',
  },
  'skip-unreadable': { type: 'boolean', help: "leave out what can't be read, and list it, instead of stopping" },
  'no-sha256': { type: 'boolean', help: "don't compute the SHA-256 of the image" },
  'implant-md5': {
    type: 'boolean',
    help: 'put an MD5 of the image into it, which checkisomd5 and isomer verify --implanted check; the sources are read twice',
  },
  dedupe: {
    type: 'boolean',
    help: 'store files of equal content once, whatever their names; files of one size are read before, so it is worth it where there are copies',
  },
  'dry-run': { type: 'boolean', help: 'write nothing; tell the exact size and what each file system will change' },
  force: { type: 'boolean', short: 'f', help: 'replace an image of that name' },
  ...progressOption,
  ...commonOptions,
}

export const create: Command = {
  summary: 'make an image from files and folders',
  usage:
    'create (SRC… | --project FILE) -o OUT.iso [--save-project FILE] [--label L] [--preset P] [--fs LIST] [--boot-bios FILE] [--boot-uefi FILE] [--hybrid [--mbr FILE]] [--exclude GLOB]… [--dry-run] [--json]',
  details:
    'The contents of a single folder become the root of the image; several sources are put side by side in it, each under its own name. The image appears under its name only when it is whole. With -o - it is written to standard output.',
  options: createOptions,
  run,
}
