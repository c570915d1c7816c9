import { languageChoices } from '../../../shared/settings.ts'
import { languageNames } from '../../../shared/words/languages.ts'
import { RadioCards } from '../../design/Choices.tsx'
import { useSettings } from '../../stores/settings.ts'
import { say } from '../../words/say.ts'

/** Each language is named in itself, so that whoever got into a foreign one finds out again. */
export function LanguageChoice() {
  const language = useSettings((state) => state.values?.language)
  const change = useSettings((state) => state.change)
  if (language === undefined) return null
  return (
    <RadioCards
      inRow
      label={say('settings.language.label')}
      choices={languageChoices.map((key) => ({ key, title: key === 'system' ? say('settings.language.system') : languageNames[key] }))}
      value={language}
      onChange={(chosen) => void change({ language: chosen })}
    />
  )
}
