import { FolderOpen, X } from 'lucide-react'
import { useEffect } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import type { RecentImage } from '../../../shared/browse.ts'
import { formatSize } from '../../../shared/format.ts'
import { Button, IconButton } from '../../design/Button.tsx'
import { Disc } from '../../design/Disc.tsx'
import { Name } from '../../design/Name.tsx'
import { forgetRecent, loadRecent, openImage, useBrowseImages } from '../../stores/browse-images.ts'
import { dateWords } from './entry-words.ts'
import css from './ImagesStart.module.css'
import { pickImages } from './picking.ts'

/** Nothing is open: what was, and how to open something. */
export function ImagesStart() {
  const recent = useBrowseImages((state) => state.recent)
  useEffect(() => void loadRecent(), [])
  const hasRecent = recent !== null && recent.length > 0
  return (
    <div className={css.start}>
      <section className={css.zone} data-small={hasRecent || undefined} aria-label="Open an image">
        <Disc sizePx={hasRecent ? 88 : 160} />
        <div className={css.words}>
          <h1 className={css.title}>Look into a disc image</h1>
          <p className={css.lead}>
            Drop an image here, or open one: its files, what it is, what starts from it and what lies where. Nothing in it is changed.
          </p>
          <Button look="primary" large onPress={() => void pickImages()}>
            <FolderOpen size={18} aria-hidden /> Open an image…
          </Button>
        </div>
      </section>
      {hasRecent && (
        <section className={css.section}>
          <h2 className={css.heading}>Opened before</h2>
          <ul className={css.list}>
            {recent.map((image) => (
              <Recent key={image.recentId} image={image} />
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}

function Recent({ image }: { image: RecentImage }) {
  const { token, name, label, displayPath, sizeBytes, openedAtMs } = image
  const open = () => (token === null ? undefined : void openImage({ token, name, displayPath }))
  return (
    <li className={css.card}>
      <AriaButton className={css.open} isDisabled={token === null} onPress={open}>
        <Disc sizePx={36} />
        <span className={css.what}>
          <Name className={css.name}>{label || name}</Name>
          <span className={css.path}>
            {token === null ? 'Not there any more · ' : ''}
            <Name>{displayPath}</Name>
          </span>
        </span>
        <span className={css.facts}>
          <span>{formatSize(sizeBytes)}</span>
          <span>{dateWords(openedAtMs)}</span>
        </span>
      </AriaButton>
      <IconButton label={`Take ${name} off this list`} onPress={() => void forgetRecent(image.recentId)}>
        <X size={16} aria-hidden />
      </IconButton>
    </li>
  )
}
