import {
  ClipboardPaste,
  FilePlus2,
  FolderInput,
  FolderPlus,
  type LucideIcon,
  PencilLine,
  Redo2,
  Scissors,
  Trash2,
  Undo2,
} from 'lucide-react'
import { Separator, Toolbar } from 'react-aria-components'
import { Button, IconButton } from '../../../design/Button.tsx'
import { useEditState, useSession } from '../../../stores/browse-current.ts'
import { say } from '../../../words/say.ts'
import { chordText } from '../../frame/shortcuts.ts'
import { EditCrumbs } from './EditCrumbs.tsx'
import css from './EditToolbar.module.css'
import { availableEdits, type EditAction, editShortcut, editTitle, pickToAdd, runEdit } from './edit-actions.ts'
import { stopEditing } from './saving.ts'

const rowButtons: readonly { action: EditAction; Sign: LucideIcon }[] = [
  { action: 'new-folder', Sign: FolderPlus },
  { action: 'rename', Sign: PencilLine },
  { action: 'cut', Sign: Scissors },
  { action: 'paste', Sign: ClipboardPaste },
  { action: 'remove', Sign: Trash2 },
]

/** What can be done with the tree, and the way to the folder that is shown. */
export function EditToolbar() {
  const session = useSession()
  const { edit } = session
  const summary = useEditState((state) => state.summary)
  useEditState((state) => state.selection)
  useEditState((state) => state.cut)
  const available = availableEdits(edit)
  return (
    <>
      <Toolbar className={css.toolbar} aria-label={say('edit.tools')}>
        <Button className={css.wordy} aria-label={say('edit.add-files')} onPress={() => void pickToAdd('files', edit)}>
          <FilePlus2 size={16} aria-hidden /> <span>{say('edit.add-files')}</span>
        </Button>
        <Button className={css.wordy} aria-label={say('edit.add-folder')} onPress={() => void pickToAdd('folder', edit)}>
          <FolderInput size={16} aria-hidden /> <span>{say('edit.add-folder')}</span>
        </Button>
        <Separator orientation="vertical" className={css.separator} />
        {rowButtons.map(({ action, Sign }) => (
          <IconButton
            key={action}
            label={editTitle(action)}
            shortcut={editShortcut(action)}
            isDisabled={!available.has(action)}
            onPress={() => void runEdit(action, edit)}
          >
            <Sign size={16} aria-hidden />
          </IconButton>
        ))}
        <Separator orientation="vertical" className={css.separator} />
        <IconButton
          label={say('common.undo')}
          shortcut={chordText({ key: 'z' })}
          isDisabled={!summary?.canUndo}
          onPress={() => void edit.undo()}
        >
          <Undo2 size={16} aria-hidden className="pointing" />
        </IconButton>
        <IconButton
          label={say('common.redo')}
          shortcut={chordText({ key: 'z', shift: true })}
          isDisabled={!summary?.canRedo}
          onPress={() => void edit.redo()}
        >
          <Redo2 size={16} aria-hidden className="pointing" />
        </IconButton>
      </Toolbar>
      <div className={css.way}>
        <EditCrumbs />
        <Button look="quiet" onPress={() => void stopEditing(session)}>
          {say('edit.stop')}
        </Button>
      </div>
    </>
  )
}
