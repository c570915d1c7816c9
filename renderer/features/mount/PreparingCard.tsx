import type { PreparingMount } from '../../../shared/mounts.ts'
import { Button } from '../../design/Button.tsx'
import { Disc } from '../../design/Disc.tsx'
import { Name } from '../../design/Name.tsx'
import { ProgressLine } from '../../design/ProgressLine.tsx'
import { formatSize } from '../../words/amounts.ts'
import { say } from '../../words/say.ts'
import css from './MountsPlace.module.css'

/** An image that can't be mounted as it is: how far it is got ready, and giving that up. */
export function PreparingCard({ image: { token, name, phase, doneBytes, totalBytes } }: { image: PreparingMount }) {
  return (
    <li className={css.card} aria-busy>
      <Disc sizePx={48} />
      <div className={css.words}>
        <p className={css.name}>
          <Name>{name}</Name>
        </p>
        <p className={css.muted}>
          {say(phase === 'expand' ? 'mounts.preparing.expand' : 'mounts.preparing.copy', {
            done: formatSize(doneBytes),
            total: formatSize(totalBytes),
          })}
        </p>
        <div className={css.bar}>
          <ProgressLine thin label={say('mounts.preparing.this', { name })} fraction={doneBytes / Math.max(1, totalBytes)} />
        </div>
      </div>
      <div className={css.actions}>
        <Button aria-label={say('mounts.preparing.cancel', { name })} onPress={() => void window.isomer.mounts.giveUp({ token })}>
          {say('common.cancel')}
        </Button>
      </div>
    </li>
  )
}
