import type { DoubleClick } from '../../../shared/settings.ts'
import { type Choice, RadioCards } from '../../design/Choices.tsx'
import { useSettings } from '../../stores/settings.ts'

const choices: readonly Choice<DoubleClick>[] = [
  { key: 'mount', title: 'Mounts it', detail: 'Its folder opens in the file manager.' },
  { key: 'open', title: 'Opens it in Isomer', detail: 'To look into it, check or extract it.' },
]

export function DoubleClickChoice() {
  const doubleClick = useSettings((state) => state.values?.doubleClick)
  const change = useSettings((state) => state.change)
  if (doubleClick === undefined) return null
  return (
    <RadioCards
      inRow
      label="A double-click on an image in the desktop"
      choices={choices}
      value={doubleClick}
      onChange={(does) => void change({ doubleClick: does })}
    />
  )
}
