import { Disc, Plus, X } from 'lucide-react'
import { Button } from 'react-aria-components'
import { IconButton } from '../../design/Button.tsx'
import { Name } from '../../design/Name.tsx'
import { closeImage, showImage, useBrowseImages } from '../../stores/browse-images.ts'
import css from './ImageTabs.module.css'

/** The open images side by side. */
export function ImageTabs() {
  const { sessions, currentId, opening } = useBrowseImages()
  return (
    <nav className={css.tabs} aria-label="Open images">
      <ul className={css.list}>
        {sessions.map(({ image }) => (
          <li key={image.imageId} className={css.tab} data-current={(image.imageId === currentId && !opening) || undefined}>
            <Button
              className={css.open}
              aria-current={image.imageId === currentId && !opening ? 'page' : undefined}
              onPress={() => showImage(image.imageId)}
            >
              <Disc size={14} aria-hidden />
              <Name className={css.name}>{image.label || image.name}</Name>
            </Button>
            <IconButton label={`Close ${image.label || image.name}`} className={css.close} onPress={() => void closeImage(image.imageId)}>
              <X size={14} aria-hidden />
            </IconButton>
          </li>
        ))}
      </ul>
      <IconButton label="Open another image" onPress={() => showImage(null)}>
        <Plus size={16} aria-hidden />
      </IconButton>
    </nav>
  )
}
