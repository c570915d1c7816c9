/** Edits an image: its tree is taken over, changed, and written as a new image or as a session behind the old one. */
import { resolve } from 'node:path'
import { formatCount, formatSize } from '../../../shared/format.ts'
import type { EditOptions } from '../../../shared/image-edit.ts'
import type { Change } from '../../../shared/image-model.ts'
import type { EditResult, JobControl, JobSpec } from '../../../shared/job.ts'
import { MAX_RESULT_CHANGES } from '../../../shared/limits.ts'
import { ParallelDigest } from '../../bytes/parallel-digest.ts'
import { SECTOR_BYTES } from '../../iso9660/volume-descriptor.ts'
import { isSameFile, requireNotSource } from '../../output/atomic-output.ts'
import { changesOf } from '../create/changes.ts'
import { writeImageFile } from '../create/create-image.ts'
import type { ImageLayout } from '../create/layout.ts'
import { requireRoom, requireWritable } from '../create/target-check.ts'
import { openAnyImage } from '../open-any-image.ts'
import type { OpenImage } from '../open-image.ts'
import { layOutSession } from './appended-session.ts'
import { levelFor, optionsOf } from './edit-options.ts'
import { type EditPlan, planEdited } from './edit-plan.ts'
import { type AppliedSteps, applyEditSteps, findNode } from './edit-steps.ts'
import { hasImplantedMd5, keepDescriptors } from './kept-descriptors.ts'
import { joinOtherTrees } from './other-trees.ts'
import { layOutRewritten } from './rewrite-image.ts'
import { writeSessionBehindCopy, writeSessionInto } from './session-writing.ts'
import { type TakenEquipment, takeEquipment } from './taken-equipment.ts'
import { type TakenTree, takeTree } from './taken-tree.ts'

export type EditRequest = Omit<Extract<JobSpec, { kind: 'edit' }>, 'kind'>

/**
 * Writes the edited image to `outPath`. The old one is only read, unless it is to have the new session itself: then
 * `outPath` names it and `overwrite` is set. Throws Problems: usage for steps that can't be carried out, `image` for what
 * can't be edited, io, cancelled.
 */
export async function editImage(request: EditRequest, control: JobControl): Promise<EditResult> {
  const startedMs = Date.now()
  const outPath = resolve(request.outPath)
  if (!request.overwrite) requireNotSource(outPath, request.imagePath)
  requireWritable(outPath)
  const image = await openAnyImage(request.imagePath, { wantsDetails: true, track: request.track, control })
  try {
    for (const path of image.contained?.files ?? []) requireNotSource(outPath, path)
    const prepared = await prepareEdit(image, request, control)
    const write = request.mode === 'append-session' ? appendSession : rewrite
    const written = await write(image, prepared, { outPath, overwrite: request.overwrite }, control)
    const { layout } = written
    const changes = [...prepared.changes(layout), ...written.lost.map(lostChange)]
    return {
      kind: 'edit',
      path: outPath,
      sizeBytes: layout.sizeBytes,
      sessionBytes: written.sessionBytes,
      writtenBytes: written.writtenBytes,
      sha256: written.sha256,
      files: layout.plan.fileCount,
      directories: layout.plan.directoryCount,
      ...countsOf(prepared.applied),
      changeCount: changes.length,
      changes: changes.slice(0, MAX_RESULT_CHANGES),
      durationMs: Date.now() - startedMs,
    }
  } finally {
    image.close()
  }
}

interface Target {
  readonly outPath: string
  readonly overwrite: boolean
}

interface Written {
  readonly layout: ImageLayout
  readonly sha256: string | null
  /** Null without a session. */
  readonly sessionBytes: number | null
  readonly writtenBytes: number
  readonly lost: readonly string[]
}

async function rewrite(image: OpenImage, { taken, equipment, edit }: PreparedEdit, target: Target, control: JobControl): Promise<Written> {
  const { layout, lost } = layOutRewritten(image, taken, equipment, edit)
  requireRoom(target.outPath, layout.sizeBytes)
  control.log('info', `The new image will have ${formatSize(layout.sizeBytes)}.`)
  const digest = new ParallelDigest()
  try {
    const sha256 = await writeImageFile(layout, digest, target, control, () => image.source.assertUnchanged())
    return { layout, sha256, sessionBytes: null, writtenBytes: layout.sizeBytes, lost: lost() }
  } finally {
    await digest.abandon()
  }
}

async function appendSession(image: OpenImage, { equipment, edit }: PreparedEdit, target: Target, control: JobControl): Promise<Written> {
  const session = layOutSession(image, equipment, edit)
  const { layout } = session
  const sessionBytes = layout.sizeBytes - layout.startLba * SECTOR_BYTES
  const isInPlace = isSameFile(target.outPath, image.source)
  requireRoom(target.outPath, isInPlace ? sessionBytes : layout.sizeBytes)
  control.log('info', `The new session will have ${formatSize(sessionBytes)}.`)
  const writtenBytes = isInPlace
    ? await writeSessionInto(image, session, control)
    : await writeSessionBehindCopy(image, session, target, control)
  return { layout, sha256: null, sessionBytes, writtenBytes, lost: session.lost() }
}

export interface PreparedEdit {
  readonly taken: TakenTree
  readonly equipment: TakenEquipment
  readonly applied: AppliedSteps
  readonly edit: EditPlan
  /** What the new image holds differently from the old one and from what was put in. */
  readonly changes: (layout: ImageLayout) => Change[]
}

/** Everything but places. */
export async function prepareEdit(image: OpenImage, request: EditOptions, control: JobControl): Promise<PreparedEdit> {
  const inPlace = request.mode === 'append-session'
  const taken = await takeTree(image, { inPlace }, control)
  await joinOtherTrees(image, taken, inPlace, control)
  const equipment = await takeEquipment(image, taken, inPlace)
  const { options, policy } = await optionsOf(image, taken, request.label, control)
  const implantMd5 = !inPlace && hasImplantedMd5(image)
  const applied = await applyEditSteps(taken.root, request.steps, request.exclude, control)
  const isoLevel = levelFor(taken.root, options.isoLevel)
  const label = taken.view.label
  const edit = planEdited(taken.root, { ...options, isoLevel, implantMd5 }, label, policy, equipment)
  const kept = keepDescriptors(image, { label: request.label !== null, md5: implantMd5 })
  control.log(
    'info',
    `Edited: ${formatCount(applied.added, 'entry', 'entries')} put in, ${formatCount(applied.removed, 'entry', 'entries')} taken out.`,
  )
  return {
    taken,
    equipment,
    applied,
    edit: { ...edit, plan: { ...edit.plan, kept } },
    changes: ({ plan }) => [
      ...taken.changes,
      ...edit.changes,
      ...kept.changes,
      ...[...changesOf(plan)].filter(({ path }) => isNews(taken, path, request.label !== null)),
    ],
  }
}

/** What the old image had is as it was: only what was put in can be news. */
function isNews({ root, origins }: TakenTree, path: string, isRelabelled: boolean): boolean {
  if (path === '/') return isRelabelled
  const node = findNode(root, path)
  return node === null || !origins.has(node)
}

const lostChange = (what: string): Change => ({
  fileSystem: 'iso9660',
  kind: 'omitted',
  path: '/',
  becomes: null,
  reason: `${what} could not be kept.`,
})

function countsOf({ added, replaced, removed, renamed }: AppliedSteps) {
  return { added, replaced, removed, renamed }
}
