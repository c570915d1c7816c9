import { FilePlus2, FolderPlus, type LucideIcon, MoveRight, Trash2, Undo2 } from 'lucide-react'
import { Button as AriaButton } from 'react-aria-components'
import type { DraftStep } from '../../../../shared/edit-draft.ts'
import { IconButton } from '../../../design/Button.tsx'
import { Name } from '../../../design/Name.tsx'
import { useEditState, useSession } from '../../../stores/browse-current.ts'
import { say, sayNodes } from '../../../words/say.ts'
import { stepWords } from './edit-words.ts'
import css from './PendingChanges.module.css'

/** Of more, the latest are listed. */
const MAX_SHOWN = 200

const signs: Readonly<Record<DraftStep['step'], LucideIcon>> = {
  add: FilePlus2,
  remove: Trash2,
  rename: MoveRight,
  'new-folder': FolderPlus,
}

/** What was changed, the latest first; each leads to where it can be seen and can be taken back. */
export function PendingChanges() {
  const steps = useEditState((state) => state.summary?.steps ?? none)
  const latest = steps.map((step, index) => ({ step, index })).slice(-MAX_SHOWN)
  return (
    <section className={css.pending} aria-labelledby="pending-changes">
      <h2 id="pending-changes" className={css.title}>
        {steps.length === 0 ? say('edit.pending.none') : say('edit.pending', { count: steps.length })}
      </h2>
      {steps.length === 0 ? (
        <p className={css.muted}>{say('edit.pending.hint')}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled list must be reachable by keyboard
        <ol className={css.list} tabIndex={0} aria-label={say('edit.pending.list')}>
          {latest.reverse().map(({ step, index }) => (
            <Pending key={`${index} ${step.path}`} step={step} index={index} />
          ))}
        </ol>
      )}
      {steps.length > MAX_SHOWN && <p className={css.muted}>{say('edit.pending.earlier', { count: steps.length - MAX_SHOWN })}</p>}
    </section>
  )
}

const none: readonly DraftStep[] = []

function Pending({ step, index }: { step: DraftStep; index: number }) {
  const { edit } = useSession()
  const { kind, verb, name, becomes, folder } = stepWords(step)
  const Sign = signs[step.step]
  return (
    <li className={css.item}>
      <AriaButton
        className={css.step}
        aria-label={becomes === null ? say('edit.step.show', { verb, name }) : say('edit.step.show-becomes', { verb, name, becomes })}
        onPress={() => void edit.show(folder, [step.to ?? step.path])}
      >
        <Sign size={15} aria-hidden className={`pointing ${css.sign}`} />
        <span className={css.words}>
          <span className={css.name}>
            <Name>{name}</Name>
          </span>
          <span className={css.muted}>
            {becomes === null && folder === '/' ? verb : sayNodes(`edit.step.${kind}.where`, { where: <Name>{becomes ?? folder}</Name> })}
          </span>
        </span>
      </AriaButton>
      <IconButton label={say('edit.step.back', { verb, name })} className={css.back} onPress={() => void edit.takeBack(index)}>
        <Undo2 size={14} aria-hidden />
      </IconButton>
    </li>
  )
}
