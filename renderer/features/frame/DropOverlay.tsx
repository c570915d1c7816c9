import { Disc3 } from 'lucide-react'
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
  const sentence = hoverSentence({ itemTypes: dragging.itemTypes, place, folder: dragging.folder, isStaged: hasUnmadeStaging() })
  return (
    <div className={css.overlay} data-quiet={(place === 'create' && !isEmpty) || undefined}>
      <p className={css.sentence} role="status">
        <Disc3 size={20} aria-hidden />
        {sentence}
      </p>
    </div>
  )
}
