import { Disc, Plus, X } from 'lucide-react'
import { Button } from 'react-aria-components'
import { useStore } from 'zustand'
import { IconButton } from '../../design/Button.tsx'
import { Name } from '../../design/Name.tsx'
import { showImage, useBrowseImages } from '../../stores/browse-images.ts'
import type { ImageSession } from '../../stores/browse-session.ts'
import { isUnsaved } from '../../stores/edit-session.ts'
import { say } from '../../words/say.ts'
import { leaveImage } from './edit/saving.ts'
import css from './ImageTabs.module.css'

/** The open images side by side. */
export function ImageTabs() {
  const { sessions, currentId, opening } = useBrowseImages()
  return (
    <nav className={css.tabs} aria-label={say('browse.open-images')}>
      <ul className={css.list}>
        {sessions.map((session) => (
          <ImageTab key={session.image.imageId} session={session} isCurrent={session.image.imageId === currentId && !opening} />
        ))}
      </ul>
      <IconButton label={say('browse.open-another')} onPress={() => showImage(null)}>
        <Plus size={16} aria-hidden />
      </IconButton>
    </nav>
  )
}

function ImageTab({ session, isCurrent }: { session: ImageSession; isCurrent: boolean }) {
  const { image, edit } = session
  const isChangedNow = useStore(edit.store, isUnsaved)
  const title = image.label || image.name
  return (
    <li className={css.tab} data-current={isCurrent || undefined}>
      <Button className={css.open} aria-current={isCurrent ? 'page' : undefined} onPress={() => showImage(image.imageId)}>
        <Disc size={14} aria-hidden />
        <Name className={css.name}>{title}</Name>
        {isChangedNow && <span className={css.unsaved} role="img" aria-label={say('browse.unsaved')} />}
      </Button>
      <IconButton label={say('browse.close-named', { name: title })} className={css.close} onPress={() => void leaveImage(session)}>
        <X size={14} aria-hidden />
      </IconButton>
    </li>
  )
}
