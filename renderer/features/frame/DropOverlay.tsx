import { Disc3 } from 'lucide-react'
import { currentEdit } from '../../stores/browse-images.ts'
import { useDragging } from '../../stores/dragging.ts'
import { usePlaces } from '../../stores/places.ts'
import { useStaging } from '../../stores/staging.ts'
import css from './DropOverlay.module.css'
import { hoverSentence } from './drop-intent.ts'
import { hasUnmadeStaging } from './entering.ts'

/** Says what a drop will do while something hovers over the window. */
export function DropOverlay() {
  const dragging = useDragging((state) => state.dragging)
  const place = usePlaces((state) => state.place)
  const isEmpty = useStaging((state) => state.flat.rows.length === 0)
  if (!dragging?.itemTypes) return null
  const editedFolder = place === 'images' ? (currentEdit()?.store.getState().folder ?? null) : null
  const { itemTypes, folder } = dragging
  const sentence = hoverSentence({ itemTypes, place, folder, isStaged: hasUnmadeStaging(), editedFolder })
  return (
    <div className={css.overlay} data-quiet={(place === 'create' && !isEmpty) || editedFolder !== null || undefined}>
      <p className={css.sentence} role="status">
        <Disc3 size={20} aria-hidden />
        {sentence}
      </p>
    </div>
  )
}
