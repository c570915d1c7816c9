/** The settings, in the order in which they are shown, each with the words it is found by. */
import type { ReactNode } from 'react'
import { presetNames, presets } from '../../../shared/image-project.ts'
import { Appearance } from './Appearance.tsx'
import { Checking } from './Checking.tsx'
import { DoubleClickChoice } from './DoubleClickChoice.tsx'
import { NewImages } from './NewImages.tsx'
import { SystemTools } from './SystemTools.tsx'
import { TrustedKeysSetting } from './TrustedKeysSetting.tsx'

export interface SettingSection {
  readonly title: string
  /** Besides the title. */
  readonly words: string
  readonly render: () => ReactNode
}

export const settingSections: readonly SettingSection[] = [
  {
    title: 'Appearance',
    words: 'theme colours light dark as the system high contrast zoom larger smaller text',
    render: () => <Appearance />,
  },
  {
    title: 'Images in the desktop',
    words: 'double-click file manager mount open',
    render: () => <DoubleClickChoice />,
  },
  {
    title: 'New images',
    words: `preset folder place target who should be able to read it ${presetNames.map((name) => presets[name].title).join(' ')}`,
    render: () => <NewImages />,
  },
  {
    title: 'Checking what was written',
    words: 'verify compare read back disc stick image burn',
    render: () => <Checking />,
  },
  {
    title: 'Keys you trust',
    words: 'signature OpenPGP fingerprint remove verify',
    render: () => <TrustedKeysSetting />,
  },
  {
    title: 'Programs of this system',
    words: 'tools versions install command xorriso cdrskin growisofs wodim udisks fuseiso archivemount eject',
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
