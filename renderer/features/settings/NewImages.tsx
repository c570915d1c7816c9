import { FolderOpen } from 'lucide-react'
import { Button } from '../../design/Button.tsx'
import { RadioCards } from '../../design/Choices.tsx'
import { Name } from '../../design/Name.tsx'
import { useSettings } from '../../stores/settings.ts'
import { say } from '../../words/say.ts'
import { presetChoices } from '../create/preset-choices.ts'
import css from './SettingsPlace.module.css'

export function NewImages() {
  const { values, change, pickImageFolder, forgetImageFolder } = useSettings()
  if (!values) return null
  return (
    <>
      <RadioCards
        compact
        label={say('settings.preset')}
        choices={presetChoices()}
        value={values.preset}
        onChange={(preset) => void change({ preset })}
      />
      <div className={css.folder}>
        <div className={css.words}>
          <p className={css.label}>{say('settings.folder')}</p>
          <p className={css.muted}>{values.imageFolder === null ? say('settings.folder.last') : <Name>{values.imageFolder}</Name>}</p>
        </div>
        <div className={css.buttons}>
          <Button onPress={() => void pickImageFolder()}>
            <FolderOpen size={16} aria-hidden /> {say('settings.folder.choose')}
          </Button>
          {values.imageFolder !== null && <Button onPress={() => void forgetImageFolder()}>{say('settings.folder.last')}</Button>}
        </div>
      </div>
    </>
  )
}
