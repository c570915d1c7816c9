/** Saving what was changed in an image, and leaving it. */
import { create } from 'zustand'
import type { EditTargetChoice } from '../../../../shared/ipc.ts'
import { closeImage, openImage, reopenImage, showImage } from '../../../stores/browse-images.ts'
import type { ImageSession } from '../../../stores/browse-session.ts'
import { changesKey, type EditSession, type EditState, isChanged, isUnsaved, outcomeKey } from '../../../stores/edit-session.ts'
import { answerOf, useNotices } from '../../../stores/notices.ts'

interface EditSheetsState {
  /** The image itself would be changed: whether to do so is asked. */
  readonly confirming: { readonly edit: EditSession; readonly target: EditTargetChoice | null } | null
  /** What would lose changes, and what is to be done then. */
  readonly leaving: { readonly session: ImageSession; readonly after: 'close' | 'stop' } | null
}

export const useEditSheets = create<EditSheetsState>()(() => ({ confirming: null, leaving: null }))

/** Whether the button would save rather than say why it can't. */
export function canSave(state: EditState): boolean {
  const { outcome, pendingCount, isLabelWrong, way } = state
  if (!isChanged(state) || pendingCount > 0 || isLabelWrong || outcome?.is !== 'there' || outcome.key !== outcomeKey(state)) return false
  return way !== 'session-in-place' || outcome.forecast.mayReplaceImage
}

/** Asks where the result is to go, and whether the image itself may be changed where it would be; then starts the job. */
export async function saveEdit(edit: EditSession): Promise<void> {
  const state = edit.store.getState()
  if (!canSave(state) || state.outcome?.is !== 'there') return
  const { way } = state
  if (way === 'session-in-place') return useEditSheets.setState({ confirming: { edit, target: null } })
  const { sizeBytes } = state.outcome.forecast
  const target = await answerOf(window.isomer.edit.pickTarget({ imageId: edit.imageId, way, sizeBytes }))
  if (!target) return
  if (target.problem) return useNotices.getState().show(target.problem)
  if (target.isImageItself) useEditSheets.setState({ confirming: { edit, target } })
  else await startSaving(edit, target)
}

/** Starts the job; without a target the session goes into the image itself. */
export async function startSaving(edit: EditSession, target: EditTargetChoice | null): Promise<void> {
  useEditSheets.setState({ confirming: null })
  const { way } = edit.store.getState()
  const started = await answerOf(window.isomer.edit.save({ imageId: edit.imageId, way, target: target?.token ?? null }))
  if (started) edit.isSavedBy(started.jobId, { way, replacesImage: target === null || target.isImageItself })
}

/** Opens what was saved; where that is the image itself, it is read anew and not edited any more. */
export async function openSaved(session: ImageSession): Promise<void> {
  const { edit } = session
  const { saving } = edit.store.getState()
  if (!saving) return
  if (saving.replacesImage) {
    if (saving.key !== changesKey(edit.store.getState())) return useEditSheets.setState({ leaving: { session, after: 'close' } })
    await edit.end()
    return reopenImage({ image: { ...session.image, session: null } })
  }
  const source = await answerOf(window.isomer.jobs.result({ jobId: saving.jobId }))
  if (!source) return
  if (!isUnsaved(edit.store.getState())) await edit.end()
  await openImage(source)
}

/** Closes an image, or asks first when changes would be lost. */
export async function leaveImage(session: ImageSession): Promise<void> {
  if (!isUnsaved(session.edit.store.getState())) return closeImage(session.image.imageId)
  showImage(session.image.imageId)
  useEditSheets.setState({ leaving: { session, after: 'close' } })
}

/** Ends the edit, or asks first when changes would be lost. */
export async function stopEditing(session: ImageSession): Promise<void> {
  if (!isUnsaved(session.edit.store.getState())) return endEdit(session)
  useEditSheets.setState({ leaving: { session, after: 'stop' } })
}

/** Does what was asked about. */
export async function leaveAnyway(): Promise<void> {
  const { leaving } = useEditSheets.getState()
  useEditSheets.setState({ leaving: null })
  if (leaving?.after === 'close') await closeImage(leaving.session.image.imageId)
  else if (leaving) await endEdit(leaving.session)
}

/** The files are shown again as they are, in the folder where the edit was if the image has it. */
async function endEdit(session: ImageSession): Promise<void> {
  const { folder } = session.edit.store.getState()
  await session.edit.end()
  await session.goToPathOrRoot(folder)
}
