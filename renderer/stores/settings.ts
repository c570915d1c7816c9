/** What a person set, as main keeps it; each change is carried out at once and can be taken back. */
import { create } from 'zustand'
import type { Reply } from '../../shared/ipc.ts'
import type { SettingChanges, SettingValues, ToolState } from '../../shared/settings.ts'
import { isSpoken, speak } from '../words/speak.ts'
import { answerOf } from './notices.ts'
import { loadStaging } from './staging.ts'

interface SettingsState {
  /** Null until main has said. */
  readonly values: SettingValues | null
  /** What undo sets again, latest last. */
  readonly past: readonly SettingChanges[]
  readonly tools: readonly ToolState[] | null
  readonly load: () => Promise<void>
  readonly change: (changes: SettingChanges) => Promise<void>
  readonly undo: () => Promise<void>
  readonly pickImageFolder: () => Promise<void>
  readonly forgetImageFolder: () => Promise<void>
  readonly loadTools: () => Promise<void>
}

export const useSettings = create<SettingsState>()((set, get) => {
  const take = async (reply: Promise<Reply<SettingValues>>): Promise<boolean> => {
    const values = await answerOf(reply)
    if (values) {
      if (!isSpoken(values.speech)) await speak(values.speech)
      set({ values })
    }
    return values !== undefined
  }
  const carryOut = async (changes: SettingChanges): Promise<boolean> => {
    const { values } = get()
    if (values) set({ values: { ...values, ...present(changes) } }) // main's answer follows a moment later
    const isDone = await take(window.isomer.settings.change(changes))
    if (changes.preset !== undefined) await loadStaging()
    return isDone
  }
  return {
    values: null,
    past: [],
    tools: null,
    load: async () => void (await take(window.isomer.settings.values())),
    change: async (changes) => {
      const before = get().values
      if (!before) return
      if ((await carryOut(changes)) && !isSame(before, changes)) set(({ past }) => ({ past: [...past, takenFrom(before, changes)] }))
    },
    undo: async () => {
      const latest = get().past.at(-1)
      if (latest === undefined) return
      set(({ past }) => ({ past: past.slice(0, -1) }))
      await carryOut(latest)
    },
    pickImageFolder: async () => void (await take(window.isomer.settings.pickImageFolder())),
    forgetImageFolder: async () => void (await take(window.isomer.settings.forgetImageFolder())),
    loadTools: async () => {
      const tools = await answerOf(window.isomer.settings.tools())
      if (tools) set({ tools })
    },
  }
})

/** Whether discs and sticks are read back, unless it is decided otherwise for one. */
export const verifiesWritten = (): boolean => useSettings.getState().values?.verifyWritten ?? true

type Names = (keyof SettingChanges)[]
const namesOf = (changes: SettingChanges) => Object.keys(changes) as Names

const present = (changes: SettingChanges) =>
  Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as Partial<SettingValues>

const takenFrom = (values: SettingValues, changes: SettingChanges): SettingChanges =>
  Object.fromEntries(namesOf(changes).map((name) => [name, values[name]]))

const isSame = (values: SettingValues, changes: SettingChanges) => namesOf(changes).every((name) => values[name] === changes[name])
