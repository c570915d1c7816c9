import { SessionContext } from '../../stores/browse-current.ts'
import { useBrowseImages } from '../../stores/browse-images.ts'
import { ImageScreen } from './ImageScreen.tsx'
import css from './ImagesPlace.module.css'
import { ImagesStart } from './ImagesStart.tsx'
import { ImageTabs } from './ImageTabs.tsx'
import { OpeningImage } from './OpeningImage.tsx'
import { SoundScreen } from './SoundScreen.tsx'

/** The open images, one at a time; without any, those that were opened before. */
export function ImagesPlace() {
  const { sessions, currentId, opening } = useBrowseImages()
  const session = sessions.find(({ image }) => image.imageId === currentId)
  return (
    <div className={css.place}>
      {(sessions.length > 1 || (sessions.length === 1 && !session)) && <ImageTabs />}
      {opening ? (
        <OpeningImage opening={opening} />
      ) : session ? (
        <SessionContext key={session.image.imageId} value={session}>
          {session.image.views.length === 0 ? <SoundScreen /> : <ImageScreen />}
        </SessionContext>
      ) : (
        <ImagesStart />
      )}
    </div>
  )
}
