/** `isomer create`: an image from files and folders. */
import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { formatCount, formatDuration, formatExactBytes } from '../../shared/format.ts'
import type { Change } from '../../shared/image-model.ts'
import {
  type CreateOptions,
  defaultCreateOptions,
  type FileSystemKind,
  fileSystemKinds,
  type ImageProject,
  type IsoLevel,
  presetNames,
  presets,
  type StagingStep,
} from '../../shared/image-project.ts'
import type { CreateResult } from '../../shared/job.ts'
import { ioProblem } from '../bytes/io-problem.ts'
import { type ChangeListener, createImage, type PlannedProject, planProject, streamImage } from '../image/create/create-image.ts'
import { oneOf, operandsOf, usageProblem } from './arguments.ts'
import { type Command, type CommandLine, commonOptions, progressOption } from './command.ts'
import { withControl } from './command-control.ts'
import { printable, printNotice, printResult, writeResultBytes } from './output.ts'

const STREAM = '-'

async function run(line: CommandLine): Promise<number> {
  const sources = operandsOf('create', create, line, 1, Number.POSITIVE_INFINITY)
  const outPath = line.options.value('output')
  const isDryRun = line.options.flag('dry-run')
  if (outPath === null && !isDryRun)
    throw usageProblem('missing-output', 'create needs a name for the image: -o OUT.iso.', 'See isomer create --help.')
  const project: ImageProject = {
    version: 1,
    steps: sources.map((source) => stepFor(source, sources.length === 1)),
    options: optionsOf(line),
  }
  if (isDryRun) {
    const plan = await withControl(line, (control) => planProject(project, control))
    reportPlan(outPath, plan, line)
    return 0
  }
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
      : createImage({ project, outPath: outPath as string, overwrite: line.options.flag('force'), ...listener }, control),
  )
  reportResult(result, changes, line)
  return 0
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
  const preset = presets[oneOf('preset', options.value('preset'), presetNames, 'everywhere')]
  const levelText = options.value('iso-level')
  return {
    ...defaultCreateOptions,
    label: options.value('label'),
    fileSystems: fileSystemsOf(options.value('fs')) ?? preset.fileSystems,
    isoLevel: levelText === null ? preset.isoLevel : (Number(oneOf('iso-level', levelText, ['1', '2', '3'], '3')) as IsoLevel),
    exclude: options.values('exclude'),
    reproducible: options.flag('reproducible'),
    unreadable: options.flag('skip-unreadable') ? 'skip' : 'stop',
    sha256: !options.flag('no-sha256'),
  }
}

/** In the order of the format; the plain tree is always there. */
function fileSystemsOf(list: string | null): FileSystemKind[] | null {
  if (list === null) return null
  const wanted = list.split(',').map((name) => oneOf('fs', name.trim(), fileSystemKinds, 'iso9660'))
  return fileSystemKinds.filter((kind) => kind === 'iso9660' || wanted.includes(kind))
}

function reportPlan(outPath: string | null, plan: PlannedProject, line: CommandLine): void {
  if (line.options.flag('json')) {
    const { sizeBytes, files, directories, label, changes, skipped } = plan
    printResult(
      `${JSON.stringify({ path: outPath, dryRun: true, sizeBytes, sha256: null, files, directories, label, changes, skipped })}\n`,
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

function changeLine({ fileSystem, kind, path, becomes, reason }: Change): string {
  return printable(`${fileSystem} ${kind}: ${path}${becomes === null ? '' : ` → ${becomes}`}  (${reason})`)
}

export const create: Command = {
  summary: 'make an image from files and folders',
  usage: 'create SRC… -o OUT.iso [--label L] [--preset P] [--fs LIST] [--exclude GLOB]… [--dry-run] [--json]',
  details:
    'The contents of a single folder become the root of the image; several sources are put side by side in it, each under its own name. The image appears under its name only when it is whole. With -o - it is written to standard output.',
  options: {
    output: { type: 'string', short: 'o', value: 'OUT.iso', help: 'name of the image; - for standard output' },
    label: { type: 'string', value: 'L', help: 'volume label; the name of the first source when not given' },
    preset: { type: 'string', value: 'P', help: presetNames.map((name) => `${name} (${presets[name].reads})`).join('; ') },
    fs: { type: 'string', value: 'LIST', help: `file systems instead of the preset's, of ${fileSystemKinds.join(', ')}` },
    'iso-level': { type: 'string', value: 'N', help: 'ISO 9660 level 1, 2 or 3' },
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
    'dry-run': { type: 'boolean', help: 'write nothing; tell the exact size and what each file system will change' },
    force: { type: 'boolean', short: 'f', help: 'replace an image of that name' },
    ...progressOption,
    ...commonOptions,
  },
  run,
}
