/** Changes of an image, what saving them comes to and what becomes of them, in words. */
import type { BootState, DraftForecast, DraftState, DraftStep, SaveWay } from '../../../../shared/edit-draft.ts'
import { formatCount, formatSize } from '../../../../shared/format.ts'
import type { Tone } from '../../../design/Badge.tsx'

export const stateWords: Readonly<Record<Exclude<DraftState, 'kept'>, { readonly title: string; readonly tone: Tone }>> = {
  new: { title: 'new', tone: 'good' },
  replaced: { title: 'replaced', tone: 'good' },
  moved: { title: 'moved', tone: 'accent' },
  removed: { title: 'taken out', tone: 'caution' },
}

const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1)
const folderOf = (path: string) => path.slice(0, path.lastIndexOf('/')) || '/'

export interface StepWords {
  /** Such as `Added`. */
  readonly verb: string
  readonly name: string
  /** What the entry is called or where it lies then; null when there is nothing to tell. */
  readonly becomes: string | null
  /** The folder where it can be seen. */
  readonly folder: string
}

export function stepWords({ step, path, to }: DraftStep): StepWords {
  const name = nameOf(path)
  const folder = folderOf(path)
  if (step === 'rename' && to !== null) {
    const isRenamed = folderOf(to) === folder
    return { verb: isRenamed ? 'Renamed' : 'Moved', name, becomes: isRenamed ? nameOf(to) : to, folder: folderOf(to) }
  }
  const verb = { add: 'Added', remove: 'Taken out', rename: 'Moved', 'new-folder': 'New folder' }[step]
  return { verb, name, becomes: null, folder }
}

/** `BIOS + UEFI, from a stick too`; null for an image that starts nothing. */
export function bootWords({ platforms, isHybrid }: BootState): string | null {
  if (platforms.length === 0) return isHybrid ? 'from a stick only' : null
  return `${platforms.join(' + ')}${isHybrid ? ', from a stick too' : ''}`
}

/** What becomes of starting computers from the image. */
export function bootOutcome(before: BootState, after: BootState): { readonly tone: Tone; readonly text: string } {
  const [was, is] = [bootWords(before), bootWords(after)]
  if (was === null && is === null) return { tone: 'plain', text: 'Starts no computer, as before' }
  if (was === is) return { tone: 'good', text: `Still starts computers: ${is}` }
  if (is === null) return { tone: 'caution', text: `Starts no computer any more; it did: ${was}` }
  return { tone: 'caution', text: `Starts computers: ${is}; before: ${was ?? 'none'}` }
}

/** `23.1 MB, 0.3 MB more than now`. */
export function sizeWords({ sizeBytes, sessionBytes }: Pick<DraftForecast, 'sizeBytes' | 'sessionBytes'>, beforeBytes: number): string {
  if (sessionBytes !== null) return `${formatSize(sizeBytes)}, ${formatSize(sessionBytes)} of it the new session`
  const moreBytes = sizeBytes - beforeBytes
  if (moreBytes === 0) return `${formatSize(sizeBytes)}, as now`
  return `${formatSize(sizeBytes)}, ${formatSize(Math.abs(moreBytes))} ${moreBytes > 0 ? 'more' : 'less'} than now`
}

/** `47 files in 12 folders`. */
export function contentWords({ files, directories }: Pick<DraftForecast, 'files' | 'directories'>): string {
  const folders = directories > 0 ? ` in ${formatCount(directories, 'folder', 'folders')}` : ''
  return `${formatCount(files, 'file', 'files')}${folders}`
}

export interface SaveWords {
  readonly title: string
  readonly detail: string
  readonly button: string
}

export const saveWords: Readonly<Record<SaveWay, SaveWords>> = {
  'new-image': {
    title: 'A new image',
    detail: 'Written anew beside this one. What was taken out is gone from it.',
    button: 'Save as new image…',
  },
  'session-behind-copy': {
    title: 'A copy with a new session',
    detail: 'All bytes of this image, and behind them what is new. Older states stay in it.',
    button: 'Save copy with session…',
  },
  'session-in-place': {
    title: 'A new session in this image',
    detail: 'Only what is new is written, behind what is there. This file changes.',
    button: 'Add session to this image…',
  },
}

/** What is asked when changes would be lost. */
export const unsavedWords = (changes: number, isRelabelled: boolean): string => {
  if (changes === 0) return 'The new label is not saved.'
  const words = formatCount(changes, 'change is', 'changes are')
  return `${words} not saved${isRelabelled ? ', nor is the new label' : ''}.`
}
