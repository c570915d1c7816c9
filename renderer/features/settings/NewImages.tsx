import { FolderOpen } from 'lucide-react'
import { presetNames, presets } from '../../../shared/image-project.ts'
import { Button } from '../../design/Button.tsx'
import { RadioCards } from '../../design/Choices.tsx'
import { Name } from '../../design/Name.tsx'
import { useSettings } from '../../stores/settings.ts'
import css from './SettingsPlace.module.css'

const choices = presetNames.map((key) => ({ key, title: presets[key].title, detail: presets[key].reads }))

export function NewImages() {
  const { values, change, pickImageFolder, forgetImageFolder } = useSettings()
  if (!values) return null
  return (
    <>
      <RadioCards
        compact
        label="Who should be able to read a new image?"
        choices={choices}
        value={values.preset}
        onChange={(preset) => void change({ preset })}
      />
      <div className={css.folder}>
        <div className={css.words}>
          <p className={css.label}>Where new images go</p>
          <p className={css.muted}>{values.imageFolder === null ? 'Where the last one was put' : <Name>{values.imageFolder}</Name>}</p>
        </div>
        <div className={css.buttons}>
          <Button onPress={() => void pickImageFolder()}>
            <FolderOpen size={16} aria-hidden /> Choose a folder…
          </Button>
          {values.imageFolder !== null && <Button onPress={() => void forgetImageFolder()}>Where the last one was put</Button>}
        </div>
      </div>
    </>
  )
}
