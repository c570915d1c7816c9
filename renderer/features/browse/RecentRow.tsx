import { X } from 'lucide-react'
import { Button as AriaButton } from 'react-aria-components'
import type { RecentImage } from '../../../shared/browse.ts'
import { IconButton } from '../../design/Button.tsx'
import { Disc } from '../../design/Disc.tsx'
import { Name } from '../../design/Name.tsx'
import { forgetRecent } from '../../stores/browse-images.ts'
import { formatSize } from '../../words/amounts.ts'
import { say } from '../../words/say.ts'
import { dateWords } from './entry-words.ts'
import { lookInto } from './picking.ts'
import css from './RecentRow.module.css'

/** An image that was opened before, to be opened again. */
export function RecentRow({ image }: { image: RecentImage }) {
  const { token, name, label, displayPath, sizeBytes, openedAtMs } = image
  const open = () => (token === null ? undefined : void lookInto({ token, name, displayPath }))
  return (
    <li className={css.card}>
      <AriaButton className={css.open} isDisabled={token === null} aria-label={say('browse.recent.open', { name })} onPress={open}>
        <Disc sizePx={36} />
        <span className={css.what}>
          <Name className={css.name}>{label || name}</Name>
          <span className={css.path}>
            {token === null ? `${say('browse.recent.gone')} · ` : ''}
            <Name>{displayPath}</Name>
          </span>
        </span>
        <span className={css.facts}>
          <span>{formatSize(sizeBytes)}</span>
          <span>{dateWords(openedAtMs)}</span>
        </span>
      </AriaButton>
      <IconButton label={say('browse.recent.forget', { name })} onPress={() => void forgetRecent(image.recentId)}>
        <X size={16} aria-hidden />
      </IconButton>
    </li>
  )
}
