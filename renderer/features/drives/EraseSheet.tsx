import { Eraser } from 'lucide-react'
import { useState } from 'react'
import type { DriveRow } from '../../../shared/drive-rows.ts'
import { formatSize } from '../../../shared/format.ts'
import { Button } from '../../design/Button.tsx'
import { type Choice, RadioCards } from '../../design/Choices.tsx'
import { Name } from '../../design/Name.tsx'
import { Sheet } from '../../design/Sheet.tsx'
import { eraseDisc } from '../../stores/drives.ts'
import { discInDrive, usedBytes } from './disc-words.ts'
import css from './EraseSheet.module.css'

type Way = 'quick' | 'full'

const ways: readonly Choice<Way>[] = [
  { key: 'quick', title: 'Quickly', detail: 'Only what leads to the data is removed; special programs may still find it.' },
  { key: 'full', title: 'Completely', detail: 'Everything is overwritten. Takes as long as writing the whole disc.' },
]

/** How a disc is to be erased; whether is asked by the system's dialog. */
export function EraseSheet({ drive, isOpen, onClose }: { drive: DriveRow; isOpen: boolean; onClose: () => void }) {
  const [way, setWay] = useState<Way>('quick')
  const { medium } = drive
  if (medium === null) return null
  const erase = () => {
    onClose()
    void eraseDisc(drive.driveId, way === 'full')
  }
  return (
    <Sheet title="Erase a disc" isOpen={isOpen} onClose={onClose}>
      <div className={css.body}>
        <p>
          On <Name>{discInDrive(drive)}</Name> there are {formatSize(usedBytes(medium))}
          {medium.label !== null && (
            <>
              {' '}
              (<Name>{medium.label}</Name>)
            </>
          )}
          . All of that is lost.
        </p>
        <RadioCards label="How" choices={ways} value={way} onChange={setWay} />
        <div className={css.actions}>
          <Button onPress={erase}>
            <Eraser size={16} aria-hidden /> Erase the disc…
          </Button>
          <Button look="quiet" onPress={onClose}>
            Cancel
          </Button>
        </div>
      </div>
    </Sheet>
  )
}
