import { Button } from '../../../design/Button.tsx'
import { Name } from '../../../design/Name.tsx'
import { Sheet } from '../../../design/Sheet.tsx'
import { sessionOf } from '../../../stores/browse-images.ts'
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
    <Sheet title={isSession ? 'Add the session to this image?' : 'Replace this image?'} isOpen={confirming !== null} onClose={close}>
      {confirming && (
        <div className={css.body}>
          {isSession ? (
            <p>
              <Name className={css.place}>{name}</Name> grows by the new session. All that it holds now stays in it, and its sessions can be
              looked at one by one. Checksums and signatures of the file will not match any more.
            </p>
          ) : (
            <p>
              <Name className={css.place}>{name}</Name> is the image you are editing. Its present contents are lost once the new image is
              written whole; until then it stays as it is.
            </p>
          )}
          <div className={css.actions}>
            <Button onPress={() => void startSaving(confirming.edit, confirming.target)}>
              {isSession ? 'Add the session' : 'Replace the image'}
            </Button>
            <Button look="quiet" onPress={close}>
              Cancel
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
    <Sheet title="Forget the changes?" isOpen={leaving !== null} onClose={close}>
      {leaving && (
        <div className={css.body}>
          <p>{unsavedWords(state?.summary?.steps.length ?? 0, state?.label !== null)} The image file stays as it is.</p>
          <div className={css.actions}>
            <Button look="primary" onPress={close}>
              Keep editing
            </Button>
            <Button onPress={() => void leaveAnyway()}>{leaving.after === 'close' ? 'Forget them and close' : 'Forget them'}</Button>
          </div>
        </div>
      )}
    </Sheet>
  )
}
