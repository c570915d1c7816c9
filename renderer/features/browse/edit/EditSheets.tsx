import { Button } from '../../../design/Button.tsx'
import { Name } from '../../../design/Name.tsx'
import { Sheet } from '../../../design/Sheet.tsx'
import { sessionOf } from '../../../stores/browse-images.ts'
import { say, sayNodes } from '../../../words/say.ts'
import css from '../ImageSheets.module.css'
import { unsavedWords } from './edit-words.ts'
import { leaveAnyway, startSaving, useEditSheets } from './saving.ts'

/** What is asked before the image itself is changed, or changes are lost. */
export function EditSheets() {
  return (
    <>
      <ConfirmSheet />
      <LeaveSheet />
    </>
  )
}

const close = () => useEditSheets.setState({ confirming: null, leaving: null })

function ConfirmSheet() {
  const confirming = useEditSheets((state) => state.confirming)
  const way = confirming?.edit.store.getState().way
  const name = sessionOf(confirming?.edit.imageId ?? null)?.image.name ?? ''
  const isSession = way !== 'new-image'
  return (
    <Sheet title={say(isSession ? 'edit.confirm.session' : 'edit.confirm.replace')} isOpen={confirming !== null} onClose={close}>
      {confirming && (
        <div className={css.body}>
          <p>
            {sayNodes(isSession ? 'edit.confirm.session.detail' : 'edit.confirm.replace.detail', {
              name: <Name className={css.place}>{name}</Name>,
            })}
          </p>
          <div className={css.actions}>
            <Button onPress={() => void startSaving(confirming.edit, confirming.target)}>
              {say(isSession ? 'edit.confirm.session.yes' : 'edit.confirm.replace.yes')}
            </Button>
            <Button look="quiet" onPress={close}>
              {say('common.cancel')}
            </Button>
          </div>
        </div>
      )}
    </Sheet>
  )
}

function LeaveSheet() {
  const leaving = useEditSheets((state) => state.leaving)
  const state = leaving?.session.edit.store.getState()
  return (
    <Sheet title={say('edit.leave')} isOpen={leaving !== null} onClose={close}>
      {leaving && (
        <div className={css.body}>
          <p>{say('edit.leave.detail', { unsaved: unsavedWords(state?.summary?.steps.length ?? 0, state?.label !== null) })}</p>
          <div className={css.actions}>
            <Button look="primary" onPress={close}>
              {say('edit.leave.keep')}
            </Button>
            <Button onPress={() => void leaveAnyway()}>{say(`edit.leave.${leaving.after}`)}</Button>
          </div>
        </div>
      )}
    </Sheet>
  )
}
