import { Usb } from 'lucide-react'
import type { StickRow } from '../../../../shared/drive-rows.ts'
import { Badge } from '../../../design/Badge.tsx'
import { Button } from '../../../design/Button.tsx'
import { Name } from '../../../design/Name.tsx'
import { Path } from '../../../design/Path.tsx'
import { Size } from '../../../design/Size.tsx'
import { visibleName } from '../../../design/visible-name.ts'
import { showDrivesPage } from '../../../stores/drives.ts'
import { fromEngine } from '../../../words/from-engine.ts'
import { say, sayNodes } from '../../../words/say.ts'
import cardCss from '../DriveCard.module.css'
import css from './Sticks.module.css'
import { onIt, stickName } from './stick-words.ts'
import { useSticks } from './useSticks.ts'

/** USB sticks and cards that an image can be written to. */
export function Sticks() {
  const { sticks, problem } = useSticks()
  if (problem !== null) return null
  return (
    <section className={css.section} aria-label={say('drives.sticks')}>
      <h2 className={css.heading}>{say('drives.sticks')}</h2>
      {sticks?.length === 0 && <p className={css.none}>{say('drives.sticks.none')}</p>}
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
            <Size bytes={stick.sizeBytes} /> · <Path>{stick.place}</Path>
          </p>
          {labels !== null && <p>{sayNodes('drives.sticks.labels', { labels: <Name>{labels}</Name> })}</p>}
          {stick.refusal && <p className={css.refusal}>{fromEngine(visibleName(stick.refusal.message))}</p>}
        </div>
        {stick.refusal === null && (
          <Button
            aria-label={say('drives.sticks.write.label', { stick: name })}
            onPress={() => showDrivesPage({ is: 'flash', stickId: stick.stickId, source: null })}
          >
            <Usb size={16} aria-hidden /> {say('drives.sticks.write')}
          </Button>
        )}
      </div>
    </li>
  )
}
