/** Changes of an image, what saving them comes to and what becomes of them, in words. */
import type { BootState, DraftForecast, DraftState, DraftStep } from '../../../../shared/edit-draft.ts'
import type { Tone } from '../../../design/Badge.tsx'
import { formatSize } from '../../../words/amounts.ts'
import { fromEngine } from '../../../words/from-engine.ts'
import { say } from '../../../words/say.ts'

export const stateTones: Readonly<Record<Exclude<DraftState, 'kept'>, Tone>> = {
  new: 'good',
  replaced: 'good',
  moved: 'accent',
  removed: 'caution',
}

const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1)
const folderOf = (path: string) => path.slice(0, path.lastIndexOf('/')) || '/'

export interface StepWords {
  readonly kind: 'added' | 'taken-out' | 'renamed' | 'moved' | 'new-folder'
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
  if (step === 'rename') {
    const target = to ?? path
    const isRenamed = folderOf(target) === folder
    const kind = isRenamed ? 'renamed' : 'moved'
    return { kind, verb: say(`edit.step.${kind}`), name, becomes: isRenamed ? nameOf(target) : target, folder: folderOf(target) }
  }
  const kind = ({ add: 'added', remove: 'taken-out', 'new-folder': 'new-folder' } as const)[step]
  return { kind, verb: say(`edit.step.${kind}`), name, becomes: null, folder }
}

/** `BIOS + UEFI, from a stick too`; null for an image that starts nothing. */
export function bootWords({ platforms, isHybrid }: BootState): string | null {
  if (platforms.length === 0) return isHybrid ? say('edit.boot.stick-only') : null
  const words = platforms.map(fromEngine).join(' + ')
  return isHybrid ? say('edit.boot.stick-too', { platforms: words }) : words
}

/** What becomes of starting computers from the image. */
export function bootOutcome(before: BootState, after: BootState): { readonly tone: Tone; readonly text: string } {
  const [was, is] = [bootWords(before), bootWords(after)]
  if (was === null && is === null) return { tone: 'plain', text: say('edit.boot.nothing-as-before') }
  if (is === null) return { tone: 'caution', text: say('edit.boot.no-more', { was: was ?? '' }) }
  if (was === is) return { tone: 'good', text: say('edit.boot.still', { is }) }
  return { tone: 'caution', text: was === null ? say('edit.boot.now', { is }) : say('edit.boot.other', { is, was }) }
}

/** `23.1 MB, 0.3 MB more than now`. */
export function sizeWords({ sizeBytes, sessionBytes }: Pick<DraftForecast, 'sizeBytes' | 'sessionBytes'>, beforeBytes: number): string {
  if (sessionBytes !== null) return say('edit.size.session', { size: formatSize(sizeBytes), session: formatSize(sessionBytes) })
  const moreBytes = sizeBytes - beforeBytes
  if (moreBytes === 0) return say('edit.size.same', { size: formatSize(sizeBytes) })
  const difference = formatSize(Math.abs(moreBytes))
  return say(moreBytes > 0 ? 'edit.size.more' : 'edit.size.less', { size: formatSize(sizeBytes), difference })
}

/** `47 files in 12 folders`. */
export function contentWords({ files, directories }: Pick<DraftForecast, 'files' | 'directories'>): string {
  return directories === 0 ? say('common.files', { count: files }) : say('common.files-in-folders', { files, folders: directories })
}

/** What is asked when changes would be lost. */
export const unsavedWords = (changes: number, isRelabelled: boolean): string => {
  if (changes === 0) return say('edit.unsaved.label')
  return say(isRelabelled ? 'edit.unsaved.changes-and-label' : 'edit.unsaved.changes', { count: changes })
}
