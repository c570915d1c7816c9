import type { Theme } from '../../../shared/settings.ts'
import { CheckLine, type Choice, RadioCards } from '../../design/Choices.tsx'
import { useSettings } from '../../stores/settings.ts'
import css from './SettingsPlace.module.css'

const choices: readonly Choice<Theme>[] = [
  { key: 'system', title: 'As the system' },
  { key: 'light', title: 'Light' },
  { key: 'dark', title: 'Dark' },
]

export function Appearance() {
  const values = useSettings((state) => state.values)
  const change = useSettings((state) => state.change)
  if (!values) return null
  return (
    <>
      <RadioCards inRow label="Theme" choices={choices} value={values.theme} onChange={(theme) => void change({ theme })} />
      <CheckLine
        title="High contrast"
        detail="Black on white or white on black, with clear lines; also when the system asks for it."
        isSelected={values.highContrast}
        onChange={(highContrast) => void change({ highContrast })}
      />
      <p className={css.muted}>Text and pictures are made larger and smaller under View in the menu.</p>
    </>
  )
}
