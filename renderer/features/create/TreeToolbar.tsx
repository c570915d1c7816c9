import {
  ClipboardPaste,
  FilePlus2,
  FolderInput,
  FolderPlus,
  type LucideIcon,
  PencilLine,
  Redo2,
  RotateCcw,
  Scissors,
  Trash2,
  Undo2,
} from 'lucide-react'
import { Separator, Toolbar } from 'react-aria-components'
import { Button, IconButton } from '../../design/Button.tsx'
import { clearStaging, redo, undo, useStaging } from '../../stores/staging.ts'
import { say } from '../../words/say.ts'
import { pickToStage } from '../frame/entering.ts'
import { chordText } from '../frame/shortcuts.ts'
import css from './CreatePlace.module.css'
import { actionShortcut, actionTitle, isActionAvailable, type RowAction, runRowAction } from './row-actions.ts'

const rowButtons: readonly { action: Exclude<RowAction, 'copy'>; Sign: LucideIcon }[] = [
  { action: 'new-folder', Sign: FolderPlus },
  { action: 'rename', Sign: PencilLine },
  { action: 'cut', Sign: Scissors },
  { action: 'paste', Sign: ClipboardPaste },
  { action: 'remove', Sign: Trash2 },
]

export function TreeToolbar() {
  const { summary, selection, cut, flat } = useStaging()
  const situation = { selectedCount: selection.selected.size, cutCount: cut.length }
  return (
    <Toolbar className={css.toolbar} aria-label={say('create.toolbar')}>
      <Button onPress={() => void pickToStage('files')}>
        <FilePlus2 size={16} aria-hidden /> {say('create.toolbar.add-files')}
      </Button>
      <Button onPress={() => void pickToStage('folder')}>
        <FolderInput size={16} aria-hidden /> {say('create.toolbar.add-folder')}
      </Button>
      <Separator orientation="vertical" className={css.separator} />
      {rowButtons.map(({ action, Sign }) => (
        <IconButton
          key={action}
          label={actionTitle(action)}
          shortcut={actionShortcut(action)}
          isDisabled={!isActionAvailable(action, situation)}
          onPress={() => void runRowAction(action)}
        >
          <Sign size={16} aria-hidden />
        </IconButton>
      ))}
      <Separator orientation="vertical" className={css.separator} />
      <IconButton label={say('common.undo')} shortcut={chordText({ key: 'z' })} isDisabled={!summary?.canUndo} onPress={() => void undo()}>
        <Undo2 size={16} aria-hidden className="pointing" />
      </IconButton>
      <IconButton
        label={say('common.redo')}
        shortcut={chordText({ key: 'z', shift: true })}
        isDisabled={!summary?.canRedo}
        onPress={() => void redo()}
      >
        <Redo2 size={16} aria-hidden className="pointing" />
      </IconButton>
      <IconButton label={say('create.toolbar.start-over')} isDisabled={flat.rows.length === 0} onPress={() => void clearStaging()}>
        <RotateCcw size={16} aria-hidden />
      </IconButton>
    </Toolbar>
  )
}
