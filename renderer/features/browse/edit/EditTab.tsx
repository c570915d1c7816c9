import { useEffect, useRef } from 'react'
import type { RowGridHandle } from '../../../design/list/RowGrid.tsx'
import { useEditState, useSession } from '../../../stores/browse-current.ts'
import { usePlaces } from '../../../stores/places.ts'
import { say } from '../../../words/say.ts'
import { isEditingText } from '../../frame/shortcuts.ts'
import { EditList } from './EditList.tsx'
import { EditPane } from './EditPane.tsx'
import css from './EditTab.module.css'
import { EditToolbar } from './EditToolbar.tsx'

/** The files of the image as they will be, and what saving comes to. */
export function EditTab() {
  const { edit } = useSession()
  const grid = useRef<RowGridHandle>(null)
  const folder = useEditState((state) => state.folder)
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever another folder is shown
  useEffect(() => {
    if (!isEditingText(document.activeElement) && !document.querySelector('[role=dialog]')) grid.current?.focus()
  }, [folder])
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || usePlaces.getState().isPaletteOpen || document.querySelector('[role=dialog]')) return
      if (isEditingText(event.target)) return
      if (!(event.altKey && event.key === 'ArrowUp') && event.key !== 'Backspace') return
      event.preventDefault()
      void edit.goUp()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [edit])
  return (
    <div className={css.edit}>
      <section className={css.stage} aria-label={say('edit.image')}>
        <EditToolbar />
        <EditList grid={grid} />
      </section>
      <EditPane />
    </div>
  )
}
