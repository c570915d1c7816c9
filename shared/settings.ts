/** What a person can set, as window and main speak of it. */
import * as v from 'valibot'
import { presetNames } from './image-project.ts'
import { languages, type Speech } from './words/languages.ts'

/** What a double-click on an image in the desktop does. */
export const doubleClicks = ['mount', 'open'] as const
export type DoubleClick = (typeof doubleClicks)[number]

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

export const languageChoices = ['system', ...languages] as const
export type LanguageChoice = (typeof languageChoices)[number]

/** Each with the value that it has before anybody sets it. */
export const settingEntries = {
  doubleClick: v.optional(v.picklist(doubleClicks), 'mount'),
  /** Of new images. */
  preset: v.optional(v.picklist(presetNames), 'everywhere'),
  theme: v.optional(v.picklist(themes), 'system'),
  language: v.optional(v.picklist(languageChoices), 'system'),
  /** Besides what the system says. */
  highContrast: v.optional(v.boolean(), false),
  /** Discs and sticks are read back and compared. */
  verifyWritten: v.optional(v.boolean(), true),
  /** Images are read again and compared with what was written. */
  verifyMade: v.optional(v.boolean(), false),
  /** Daily, over the network. */
  lookForUpdates: v.optional(v.boolean(), false),
}

/** Changes to settings; what is not named stays. */
export const settingChanges = v.partial(
  v.strictObject({
    doubleClick: v.picklist(doubleClicks),
    preset: v.picklist(presetNames),
    theme: v.picklist(themes),
    language: v.picklist(languageChoices),
    highContrast: v.boolean(),
    verifyWritten: v.boolean(),
    verifyMade: v.boolean(),
    lookForUpdates: v.boolean(),
  }),
)
export type SettingChanges = v.InferOutput<typeof settingChanges>

export interface SettingValues extends Required<SettingChanges> {
  /** Where the dialog for a new image begins, for display; null for wherever the last image was put. */
  readonly imageFolder: string | null
  /** What the choice of a language comes to on this system. */
  readonly speech: Speech
}

/** A program of the system that Isomer uses where it is installed. */
export interface ToolState {
  readonly name: string
  /** What it is used for: `burns every kind of disc`. */
  readonly purpose: string
  readonly isFound: boolean
  /** Null when it doesn't say. */
  readonly version: string | null
  /** What to type into a terminal to have it; null where it is a part of the system. */
  readonly installCommand: string | null
}
