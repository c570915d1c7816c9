/** The settings, in the order in which they are shown, each with the words it is found by. */
import type { ReactNode } from 'react'
import { english } from '../../../shared/words/english.ts'
import { languageNames } from '../../../shared/words/languages.ts'
import { say } from '../../words/say.ts'
import { presetChoices } from '../create/preset-choices.ts'
import { Appearance } from './Appearance.tsx'
import { Checking } from './Checking.tsx'
import { DoubleClickChoice } from './DoubleClickChoice.tsx'
import { LanguageChoice } from './LanguageChoice.tsx'
import { NewImages } from './NewImages.tsx'
import { NewVersions } from './NewVersions.tsx'
import { SystemTools } from './SystemTools.tsx'
import { TrustedKeysSetting } from './TrustedKeysSetting.tsx'

export interface SettingSection {
  readonly title: string
  /** Besides the title. */
  readonly words: string
  readonly render: () => ReactNode
}

const PROGRAMS = 'xorriso cdrskin growisofs wodim cdrdao udisks fuseiso archivemount eject'

export const settingSections = (): readonly SettingSection[] => [
  { title: say('settings.appearance'), words: say('settings.appearance.words'), render: () => <Appearance /> },
  {
    title: say('settings.language'),
    // English too: a language may have been chosen by mistake
    words: [english['settings.language'], say('settings.language.words'), ...Object.values(languageNames)].join(' '),
    render: () => <LanguageChoice />,
  },
  { title: say('settings.desktop'), words: say('settings.desktop.words'), render: () => <DoubleClickChoice /> },
  {
    title: say('settings.new-images'),
    words: `${say('settings.new-images.words')} ${presetChoices()
      .map(({ title }) => title)
      .join(' ')}`,
    render: () => <NewImages />,
  },
  { title: say('settings.checking'), words: say('settings.checking.words'), render: () => <Checking /> },
  { title: say('settings.keys'), words: say('settings.keys.words'), render: () => <TrustedKeysSetting /> },
  { title: say('settings.updates'), words: say('settings.updates.words'), render: () => <NewVersions /> },
  {
    title: say('settings.tools'),
    words: `${say('settings.tools.words')} ${PROGRAMS}`,
    render: () => <SystemTools />,
  },
]

/** Whether a section has all the words that are looked for. */
export function isFound({ title, words }: Pick<SettingSection, 'title' | 'words'>, wanted: string): boolean {
  const text = `${title} ${words}`.toLowerCase()
  return wanted
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}
