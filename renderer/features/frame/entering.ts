/** What happens with sources that enter the window: dropped, picked, or sent by the system. */
import type { AdmittedSource } from '../../../shared/ipc.ts'
import { currentEdit } from '../../stores/browse-images.ts'
import { answerOf } from '../../stores/notices.ts'
import { type Place, usePlaces } from '../../stores/places.ts'
import { openProject } from '../../stores/project-file.ts'
import { addSources, clearStaging, isStaged, targetFolder, useStaging } from '../../stores/staging.ts'
import { lookInto } from '../browse/picking.ts'
import { burnImage } from '../drives/burning.ts'
import { verifySources } from '../verify/verifying-actions.ts'
import { decideDrop } from './drop-intent.ts'

/** Whether something is staged that would be lost from sight by starting over. */
export function hasUnmadeStaging(): boolean {
  const { summary, isMade } = useStaging.getState()
  return isStaged(summary) && !isMade
}

interface Entrance {
  /** Where it is taken to have been dropped. */
  readonly place: Place
  /** The staged folder under the drop. */
  readonly folder: string | null
}

/** Opens or stages what came in and goes where it can be seen. */
export async function enter(sources: readonly AdmittedSource[], { place, folder }: Entrance): Promise<void> {
  const { go } = usePlaces.getState()
  const edit = place === 'images' ? currentEdit() : null
  const editedFolder = edit?.store.getState().folder ?? null
  const decision = decideDrop(sources, { place, folder, isStaged: hasUnmadeStaging(), editedFolder })
  if (decision.do === 'nothing') return
  if (decision.do === 'open-image') return lookInto(decision.source)
  if (decision.do === 'burn') return burnImage(decision.source)
  if (decision.do === 'edit') return edit?.add(decision.tokens, decision.into)
  if (decision.do === 'open-project') return openProject(decision.token)
  if (decision.do === 'verify') return verifySources(decision.tokens)
  go('create')
  if (decision.startsOver && isStaged(useStaging.getState().summary)) await clearStaging()
  await addSources(decision.tokens, decision.into)
}

/** Shows the system's dialog and stages what was chosen. */
export async function pickToStage(what: 'files' | 'folder'): Promise<void> {
  const sources = await answerOf(window.isomer.sources.pick({ what }))
  if (!sources || sources.length === 0) return
  usePlaces.getState().go('create')
  await addSources(
    sources.map((source) => source.token),
    targetFolder(),
  )
}
