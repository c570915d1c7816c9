import { themes } from '../../../shared/settings.ts'
import { CheckLine, RadioCards } from '../../design/Choices.tsx'
import { useSettings } from '../../stores/settings.ts'
import { say } from '../../words/say.ts'
import css from './SettingsPlace.module.css'

export function Appearance() {
  const values = useSettings((state) => state.values)
  const change = useSettings((state) => state.change)
  if (!values) return null
  return (
    <>
      <RadioCards
        inRow
        label={say('settings.theme')}
        choices={themes.map((key) => ({ key, title: say(`settings.theme.${key}`) }))}
        value={values.theme}
        onChange={(theme) => void change({ theme })}
      />
      <CheckLine
        title={say('settings.high-contrast')}
        detail={say('settings.high-contrast.detail')}
        isSelected={values.highContrast}
        onChange={(highContrast) => void change({ highContrast })}
      />
      <p className={css.muted}>{say('settings.zoom')}</p>
    </>
  )
}
