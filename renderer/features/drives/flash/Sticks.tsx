import { Usb } from 'lucide-react'
import type { StickRow } from '../../../../shared/drive-rows.ts'
import { Badge } from '../../../design/Badge.tsx'
import { Button } from '../../../design/Button.tsx'
import { Name } from '../../../design/Name.tsx'
import { Size } from '../../../design/Size.tsx'
import { visibleName } from '../../../design/visible-name.ts'
import { showDrivesPage } from '../../../stores/drives.ts'
import cardCss from '../DriveCard.module.css'
import css from './Sticks.module.css'
import { onIt, stickName } from './stick-words.ts'
import { useSticks } from './useSticks.ts'

/** USB sticks and cards that an image can be written to. */
export function Sticks() {
  const { sticks, problem } = useSticks()
  if (problem !== null) return null
  return (
    <section className={css.section} aria-label="USB sticks and cards">
      <h2 className={css.heading}>USB sticks and cards</h2>
      {sticks?.length === 0 && <p className={css.none}>None is plugged in. Computers can start from one that an image was written to.</p>}
      {sticks !== null && sticks.length > 0 && (
        <ul className={css.list}>
          {sticks.map((stick) => (
            <StickCard key={stick.stickId} stick={stick} />
          ))}
        </ul>
      )}
    </section>
  )
}

function StickCard({ stick }: { stick: StickRow }) {
  const name = stickName(stick)
  const labels = onIt(stick)
  return (
    <li className={cardCss.card}>
      <div className={cardCss.main}>
        <div className={cardCss.picture}>
          <Usb size={40} strokeWidth={1} aria-hidden />
        </div>
        <div className={cardCss.words}>
          <h3 className={cardCss.name}>
            <Name>{name}</Name>
            {stick.connection !== '' && <Badge>{stick.connection.toUpperCase()}</Badge>}
          </h3>
          <p className={cardCss.where}>
            <Size bytes={stick.sizeBytes} /> · <Name>{stick.place}</Name>
          </p>
          {labels !== null && (
            <p>
              On it: <Name>{labels}</Name>
            </p>
          )}
          {stick.refusal && <p className={css.refusal}>{visibleName(stick.refusal.message)}</p>}
        </div>
        {stick.refusal === null && (
          <Button
            aria-label={`Write an image to ${name}…`}
            onPress={() => showDrivesPage({ is: 'flash', stickId: stick.stickId, source: null })}
          >
            <Usb size={16} aria-hidden /> Write an image…
          </Button>
        )}
      </div>
    </li>
  )
}
