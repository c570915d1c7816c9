import { Eraser } from 'lucide-react'
import { useState } from 'react'
import type { DriveRow } from '../../../shared/drive-rows.ts'
import { Button } from '../../design/Button.tsx'
import { type Choice, RadioCards } from '../../design/Choices.tsx'
import { Name } from '../../design/Name.tsx'
import { Sheet } from '../../design/Sheet.tsx'
import { eraseDisc } from '../../stores/drives.ts'
import { formatSize } from '../../words/amounts.ts'
import { say, sayNodes } from '../../words/say.ts'
import { discInDrive, usedBytes } from './disc-words.ts'
import css from './EraseSheet.module.css'

const ways = ['quick', 'full'] as const
type Way = (typeof ways)[number]

const choices = (): Choice<Way>[] =>
  ways.map((key) => ({ key, title: say(`drives.erase.${key}`), detail: say(`drives.erase.${key}.detail`) }))

/** How a disc is to be erased; whether is asked by the system's dialog. */
export function EraseSheet({ drive, isOpen, onClose }: { drive: DriveRow; isOpen: boolean; onClose: () => void }) {
  const [way, setWay] = useState<Way>('quick')
  const { medium } = drive
  if (medium === null) return null
  const disc = discInDrive(drive)
  const size = formatSize(usedBytes(medium))
  const erase = () => {
    onClose()
    void eraseDisc(drive.driveId, way === 'full')
  }
  return (
    <Sheet title={say('drives.erase.title')} isOpen={isOpen} onClose={onClose}>
      <div className={css.body}>
        <p>
          {medium.label === null
            ? sayNodes('drives.erase.lost', { disc, size })
            : sayNodes('drives.erase.lost-labelled', { disc, size, label: <Name>{medium.label}</Name> })}
        </p>
        <RadioCards label={say('drives.how')} choices={choices()} value={way} onChange={setWay} />
        <div className={css.actions}>
          <Button onPress={erase}>
            <Eraser size={16} aria-hidden /> {say('drives.erase.start')}
          </Button>
          <Button look="quiet" onPress={onClose}>
            {say('common.cancel')}
          </Button>
        </div>
      </div>
    </Sheet>
  )
}
