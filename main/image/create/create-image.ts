/** Creating an image: scan → plan → layout → write, to a file that appears whole or to a stream. */
import { resolve } from 'node:path'
import { formatCount, formatSize } from '../../../shared/format.ts'
import type { Change, SkippedSource } from '../../../shared/image-model.ts'
import type { FileSystemKind, ImageProject, TreeCounts } from '../../../shared/image-project.ts'
import type { CreateResult, JobControl } from '../../../shared/job.ts'
import { Problem } from '../../../shared/problem.ts'
import { ParallelDigest } from '../../bytes/parallel-digest.ts'
import { type ByteSink, fileSink, SequentialWriter } from '../../bytes/sequential-writer.ts'
import { ImplantedMd5Writer } from '../../iso9660/implanted-md5.ts'
import { openAtomicOutput } from '../../output/atomic-output.ts'
import { outputProblem } from '../../output/output-problems.ts'
import { changesOf } from './changes.ts'
import { shareEqualContents } from './equal-contents.ts'
import { displayHostPath, stagedPathOf } from './host-path.ts'
import { type ImageLayout, layOutImage } from './layout.ts'
import { planSources } from './plan-sources.ts'
import { fileSystemsOf, type ImagePlan } from './planned-tree.ts'
import { derivedLabel, replayProject } from './project-tree.ts'
import { SourceProblem } from './source-problems.ts'
import { requireOutsideSources, requireRoom, requireWritable } from './target-check.ts'
import { dropSources, unreadableSources } from './unreadable-sources.ts'
import { type ImageStamp, writeImage } from './write.ts'

export interface CreateRequest {
  readonly project: ImageProject
  readonly outPath: string
  /** Whether a file of that name may be replaced. */
  readonly overwrite: boolean
  readonly onChanges?: ChangeListener
}

/** Told once, when the image is whole, what its file systems hold differently. */
export type ChangeListener = (changes: Iterable<Change>) => void

/**
 * Makes the image file. Until it is whole nothing is under its name, and an old file stays; on failure or cancel nothing
 * is left. Throws Problems: usage for what can't be made, io for sources and target, cancelled.
 */
export async function createImage(request: CreateRequest, control: JobControl): Promise<CreateResult> {
  const startedMs = Date.now()
  const { project } = request
  const outPath = resolve(request.outPath)
  requireOutsideSources(outPath, project)
  requireWritable(outPath)
  const left: SkippedSource[] = []
  for (;;) {
    const digest = digestFor(project)
    let prepared: Prepared | null = null
    try {
      prepared = await prepare(project, left, control)
      requireRoom(outPath, prepared.layout.sizeBytes)
      const sha256 = await writeImageFile(prepared.layout, digest, { ...request, outPath }, control)
      request.onChanges?.(changesOf(prepared.layout.plan))
      return resultOf(prepared, sha256, outPath, startedMs)
    } catch (error) {
      // The layout holds every file's place, so leaving one out means starting the pass again without it.
      if (prepared === null || !(error instanceof SourceProblem) || project.options.unreadable === 'stop') throw error
      if (isBootFile(prepared.layout.plan, error.hostPath)) throw error
      const failed = [{ path: error.hostPath, reason: error.reason }, ...unreadableSources(prepared.layout.plan.contents)]
      left.push(...failed.filter(({ path }, i) => failed.findIndex((other) => other.path === path) === i))
      control.log('warning', `${error.reason} Starting again without it.`)
    } finally {
      await digest?.abandon()
    }
  }
}

/** Its thread starts while the sources are looked through. */
function digestFor({ options }: ImageProject): ParallelDigest | null {
  return options.sha256 ? new ParallelDigest() : null
}

export interface StreamRequest {
  readonly project: ImageProject
  /** Told the exact size; the stream begins when it has done its part. */
  readonly onPlanned?: (sizeBytes: number) => Promise<void>
  /** Takes the image piece by piece, in order. */
  readonly write: (bytes: Uint8Array) => void
  readonly onChanges?: ChangeListener
}

/** Writes the image to a stream. The result's path is `-`. A source that fails on the way ends the stream. */
export async function streamImage(request: StreamRequest, control: JobControl): Promise<CreateResult> {
  const startedMs = Date.now()
  const digest = digestFor(request.project)
  try {
    const prepared = await prepare(request.project, [], control)
    const stamp = await stampOf(prepared.layout, control)
    await request.onPlanned?.(prepared.layout.sizeBytes)
    const sha256 = await writeStream(prepared.layout, digest, { write: request.write, fd: null }, control, stamp)
    request.onChanges?.(changesOf(prepared.layout.plan))
    return resultOf(prepared, sha256, '-', startedMs)
  } finally {
    await digest?.abandon()
  }
}

export interface PlannedProject {
  readonly sizeBytes: number
  readonly files: number
  readonly directories: number
  readonly label: string
  readonly fileSystems: readonly FileSystemKind[]
  readonly changes: readonly Change[]
  readonly skipped: readonly SkippedSource[]
}

/** Reads everything once when an MD5 is to be implanted: it stands before what it is the sum of. */
async function stampOf(layout: ImageLayout, control: JobControl): Promise<ImageStamp> {
  const stamp = { nowMs: Date.now(), implanted: null }
  if (!layout.plan.implantsMd5) return stamp
  const sum = new ImplantedMd5Writer(layout.sizeBytes)
  const reading: JobControl = {
    checkpoint: () => control.checkpoint(),
    progress: (progress) => control.progress({ ...progress, phase: 'read' }),
    log: (level, text) => control.log(level, text),
    temporary: (path) => control.temporary(path),
  }
  const writer = new SequentialWriter({ fd: null, write: (bytes, at) => sum.take(bytes, at) }, null)
  await writeImage(layout, writer, reading, stamp)
  await writer.finish()
  return { ...stamp, implanted: sum.text() }
}

function changedBetweenPasses(): Problem {
  return new Problem({
    kind: 'io',
    code: 'sources-changed',
    message: 'A source changed between being summed up and being written, so the implanted MD5 would be wrong.',
    kept: 'No image was written.',
    advice: 'Close the program that writes to it and start again.',
  })
}

/** Everything about the image but the image: what a dry run tells. */
export async function planProject(project: ImageProject, control: JobControl): Promise<PlannedProject> {
  const { layout, skipped } = await prepare(project, [], control)
  const { plan } = layout
  return {
    sizeBytes: layout.sizeBytes,
    files: plan.fileCount,
    directories: plan.directoryCount,
    label: plan.label.text,
    fileSystems: fileSystemsOf(plan),
    changes: [...changesOf(plan)],
    skipped,
  }
}

/** An image without what it is to start from is of no use. */
const isBootFile = ({ boot }: ImagePlan, hostPath: string): boolean =>
  boot?.entries.some(({ content }) => displayHostPath(content.source) === hostPath) ?? false

interface Prepared {
  readonly layout: ImageLayout
  readonly skipped: readonly SkippedSource[]
}

async function prepare(project: ImageProject, leftOut: readonly SkippedSource[], control: JobControl): Promise<Prepared> {
  const { options, steps } = project
  const tree = await replayProject(steps, options, control)
  dropSources(tree.root, leftOut)
  const { plan, boot } = planSources(tree.root, options, derivedLabel(steps))
  if (options.dedupe) await shareEqualContents(plan.contents, control)
  const layout = layOutImage(plan)
  if (project.expected !== undefined && leftOut.length === 0) {
    const found = { files: plan.fileCount - boot.addedFiles, directories: plan.directoryCount - boot.addedFolders }
    requireExpected(found, project.expected)
  }
  for (const { choice, node } of boot.files)
    control.log('info', `Computers start from ‘${stagedPathOf(node)}’ (${choice.platform === 'bios' ? 'BIOS' : 'UEFI'}).`)
  control.log(
    'info',
    `Planned ${formatCount(plan.fileCount, 'file', 'files')} in ${formatCount(plan.directoryCount, 'folder', 'folders')}: an image of ${formatSize(layout.sizeBytes)}.`,
  )
  return { layout, skipped: [...tree.skipped, ...leftOut] }
}

function requireExpected({ files, directories }: TreeCounts, expected: TreeCounts): void {
  if (files === expected.files && directories === expected.directories) return
  const count = (tree: TreeCounts) => `${formatCount(tree.files, 'file', 'files')} in ${formatCount(tree.directories, 'folder', 'folders')}`
  throw new Problem({
    kind: 'io',
    code: 'sources-changed',
    message: `The sources have changed since they were put together: ${count(expected)} then, ${count({ files, directories })} now.`,
    kept: 'Nothing was written.',
    advice: 'Look through what is there now, then make the image.',
  })
}

/**
 * Writes an image that appears under its name when it is whole; gives its SHA-256 when there is a `digest`. `check` may throw
 * when all bytes are written, and then nothing appears.
 */
export async function writeImageFile(
  layout: ImageLayout,
  digest: ParallelDigest | null,
  request: Pick<CreateRequest, 'outPath' | 'overwrite'>,
  control: JobControl,
  check: () => void = () => {},
): Promise<string | null> {
  const output = openAtomicOutput(request.outPath, request.overwrite, control)
  try {
    const sha256 = await writeStream(layout, digest, fileSink(output.fd), control)
    check()
    control.progress({
      phase: 'sync',
      doneBytes: layout.sizeBytes,
      totalBytes: layout.sizeBytes,
      doneItems: layout.plan.fileCount,
      current: null,
    })
    await output.commit()
    return sha256
  } catch (error) {
    output.discard()
    throw error instanceof Problem ? error : outputProblem(request.outPath, error)
  }
}

/** Writes an image to a sink in one pass, or with an implanted MD5 in two: `stamp` is what `stampOf` gave already. */
export async function writeStream(
  layout: ImageLayout,
  digest: ParallelDigest | null,
  sink: ByteSink,
  control: JobControl,
  stamp?: ImageStamp,
): Promise<string | null> {
  const wanted = stamp ?? (await stampOf(layout, control))
  const { implanted } = wanted
  const sum = implanted === null ? null : new ImplantedMd5Writer(layout.sizeBytes)
  const writer = new SequentialWriter(sink, digest, sum && ((bytes, at) => sum.takeWithout(bytes, at)))
  try {
    await writeImage(layout, writer, control, wanted)
    const sha256 = await writer.finish()
    if (sum !== null && implanted !== null && !Buffer.from(sum.text()).equals(implanted)) throw changedBetweenPasses()
    return sha256
  } catch (error) {
    await writer.abandon()
    throw error
  }
}

function resultOf({ layout, skipped }: Prepared, sha256: string | null, path: string, startedMs: number): CreateResult {
  const { plan } = layout
  let changeCount = 0
  for (const _change of changesOf(plan)) changeCount++
  return {
    kind: 'create',
    path,
    sizeBytes: layout.sizeBytes,
    sha256,
    files: plan.fileCount,
    directories: plan.directoryCount,
    changeCount,
    skipped,
    durationMs: Date.now() - startedMs,
  }
}
