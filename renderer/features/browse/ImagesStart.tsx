import { FolderOpen } from 'lucide-react'
import { useEffect } from 'react'
import { Button } from '../../design/Button.tsx'
import { Disc } from '../../design/Disc.tsx'
import { loadRecent, useBrowseImages } from '../../stores/browse-images.ts'
import { say } from '../../words/say.ts'
import css from './ImagesStart.module.css'
import { pickImages } from './picking.ts'
import { RecentRow } from './RecentRow.tsx'

/** Nothing is open: what was, and how to open something. */
export function ImagesStart() {
  const recent = useBrowseImages((state) => state.recent)
  useEffect(() => void loadRecent(), [])
  const hasRecent = recent !== null && recent.length > 0
  return (
    <div className={css.start}>
      <section className={css.zone} data-small={hasRecent || undefined} aria-label={say('browse.start.open')}>
        <Disc sizePx={hasRecent ? 88 : 160} />
        <div className={css.words}>
          <h1 className={css.title}>{say('browse.start.title')}</h1>
          <p className={css.lead}>{say('browse.start.detail')}</p>
          <Button look="primary" large onPress={() => void pickImages()}>
            <FolderOpen size={18} aria-hidden /> {say('browse.start.pick')}
          </Button>
        </div>
      </section>
      {hasRecent && (
        <section className={css.section}>
          <h2 className={css.heading}>{say('browse.recent')}</h2>
          <ul className={css.list}>
            {recent.map((image) => (
              <RecentRow key={image.recentId} image={image} />
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}
