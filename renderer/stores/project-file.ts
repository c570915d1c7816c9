/** The project file of the image being put together, as main tells it. */
import { create } from 'zustand'
import type { ProjectFile } from '../../shared/ipc.ts'
import { answerOf, useNotices } from './notices.ts'
import { usePlaces } from './places.ts'
import { onArranged, showArranged } from './staging.ts'

interface ProjectFileState {
  readonly file: ProjectFile | null
}

export const useProjectFile = create<ProjectFileState>()(() => ({ file: null }))

async function refresh(): Promise<void> {
  const file = await answerOf(window.isomer.project.file())
  if (file !== undefined) useProjectFile.setState({ file })
}
onArranged(() => void refresh())

/** Opens the project behind a token, or one that is picked; undo brings back what was arranged before. */
export async function openProject(token: string | null): Promise<void> {
  const opened = await answerOf(window.isomer.project.open({ token }))
  if (!opened) return
  usePlaces.getState().go('create')
  await showArranged(opened.summary)
  if (opened.problem) useNotices.getState().show(opened.problem)
}

export async function saveProject(elsewhere: boolean): Promise<void> {
  const file = await answerOf(window.isomer.project.save({ elsewhere }))
  if (file) useProjectFile.setState({ file })
}
