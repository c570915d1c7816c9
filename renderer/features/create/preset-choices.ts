/** The presets to choose from, each with who can read such an image. */
import { presetNames } from '../../../shared/image-project.ts'
import { say } from '../../words/say.ts'

export const presetChoices = () =>
  presetNames.map((key) => ({ key, title: say(`create.preset.${key}.title`), detail: say(`create.preset.${key}.reads`) }))
