import { doubleClicks } from '../../../shared/settings.ts'
import { RadioCards } from '../../design/Choices.tsx'
import { useSettings } from '../../stores/settings.ts'
import { say } from '../../words/say.ts'

export function DoubleClickChoice() {
  const doubleClick = useSettings((state) => state.values?.doubleClick)
  const change = useSettings((state) => state.change)
  if (doubleClick === undefined) return null
  return (
    <RadioCards
      inRow
      label={say('settings.double-click')}
      choices={doubleClicks.map((key) => ({
        key,
        title: say(`settings.double-click.${key}`),
        detail: say(`settings.double-click.${key}.detail`),
      }))}
      value={doubleClick}
      onChange={(does) => void change({ doubleClick: does })}
    />
  )
}
