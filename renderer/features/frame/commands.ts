/** Everything the window can be told to do, by menu, shortcut or palette. */
import type { MenuCommand } from '../../../shared/ipc.ts'
import { currentEdit, sessionOf, useBrowseImages } from '../../stores/browse-images.ts'
import { showDrivesPage } from '../../stores/drives.ts'
import type { EditSession } from '../../stores/edit-session.ts'
import { useMounts } from '../../stores/mounts.ts'
import { type Place, usePlaces } from '../../stores/places.ts'
import { openProject, saveProject } from '../../stores/project-file.ts'
import { useSettings } from '../../stores/settings.ts'
import { clearStaging, isStaged, newFolder, redo, targetFolder, undo, useStaging } from '../../stores/staging.ts'
import { beginEdit } from '../browse/edit/begin-edit.ts'
import { pickToAdd } from '../browse/edit/edit-actions.ts'
import { canSave, leaveImage, saveEdit } from '../browse/edit/saving.ts'
import { pickImages } from '../browse/picking.ts'
import { canMake, makeImage } from '../create/making.ts'
import { pickToMount } from '../mount/mounting.ts'
import { pickToVerify } from '../verify/verifying-actions.ts'
import { pickToStage } from './entering.ts'
import { isEditingText, type KeyChord } from './shortcuts.ts'

export type CommandId = MenuCommand | 'close-image' | 'edit-image' | 'mount-image' | 'verify-image' | 'eject-all' | 'start-over'

/** Called `frame.command.ID` in the catalogue. */
export interface Command {
  readonly id: CommandId
  readonly chord?: KeyChord
  readonly isAvailable: () => boolean
  readonly run: () => void | Promise<void>
}

const always = () => true
const go = (place: Place) => () => usePlaces.getState().go(place)
const anyMounted = () => useMounts.getState().rows?.some((row) => row.madeByIsomer) ?? false
const isImagesPlace = () => usePlaces.getState().place === 'images'
const shownImage = () => (isImagesPlace() ? sessionOf(useBrowseImages.getState().currentId) : undefined)
const isImageShown = () => shownImage() !== undefined
/** One of sound alone has no files to change. */
const canEditShown = () => (shownImage()?.image.views.length ?? 0) > 0
/** The edit that commands are meant for: the one that is seen. */
const shownEdit = (): EditSession | null => (isImagesPlace() ? currentEdit() : null)

async function closeShownImage(): Promise<void> {
  const session = shownImage()
  if (session) await leaveImage(session)
}

async function editShownImage(): Promise<void> {
  const session = shownImage()
  if (session) await beginEdit(session)
}

async function pickToPutIn(what: 'files' | 'folder'): Promise<void> {
  const edit = shownEdit()
  await (edit === null ? pickToStage(what) : pickToAdd(what, edit))
}

async function newFolderIn(): Promise<void> {
  const edit = shownEdit()
  if (edit !== null) return edit.newFolder()
  usePlaces.getState().go('create')
  await newFolder(targetFolder())
}

const canSaveShown = () => {
  const edit = shownEdit()
  return edit !== null && canSave(edit.store.getState())
}

async function saveShown(): Promise<void> {
  const edit = shownEdit()
  if (edit !== null) await saveEdit(edit)
}
const isAtSettings = () => usePlaces.getState().place === 'settings'
const anyStaged = () => isStaged(useStaging.getState().summary)

/** What can be taken back: in the image that is edited, else in the one that is put together. */
const history = () => (shownEdit()?.store.getState() ?? useStaging.getState()).summary

/** A text being edited has an undo of its own. */
function inTextOr(textCommand: 'undo' | 'redo', staged: () => Promise<void>): void | Promise<void> {
  if (!isEditingText(document.activeElement)) return staged()
  document.execCommand(textCommand)
}

export const commands: readonly Command[] = [
  { id: 'home', chord: { key: '1' }, isAvailable: always, run: go('home') },
  { id: 'new-image', chord: { key: 'n' }, isAvailable: always, run: go('create') },
  { id: 'settings', chord: { key: ',' }, isAvailable: always, run: go('settings') },
  { id: 'jobs', chord: { key: 'j' }, isAvailable: always, run: go('jobs') },
  { id: 'mounts', chord: { key: '2' }, isAvailable: always, run: go('mounts') },
  { id: 'verify', chord: { key: '3' }, isAvailable: always, run: go('verify') },
  { id: 'drives', chord: { key: 'd' }, isAvailable: always, run: go('drives') },
  {
    id: 'burn',
    chord: { key: 'b' },
    isAvailable: always,
    run: () => showDrivesPage({ is: 'burn', driveId: null, source: null }),
  },
  {
    id: 'flash',
    chord: { key: 'u' },
    isAvailable: always,
    run: () => showDrivesPage({ is: 'flash', stickId: null, source: null }),
  },
  { id: 'verify-image', isAvailable: always, run: pickToVerify },
  { id: 'images', chord: { key: 'i' }, isAvailable: always, run: go('images') },
  { id: 'open-image', chord: { key: 'o' }, isAvailable: always, run: pickImages },
  { id: 'close-image', chord: { key: 'w' }, isAvailable: isImageShown, run: closeShownImage },
  { id: 'edit-image', isAvailable: canEditShown, run: editShownImage },
  { id: 'save-edit', chord: { key: 's' }, isAvailable: canSaveShown, run: saveShown },
  { id: 'mount-image', isAvailable: always, run: pickToMount },
  { id: 'eject-all', isAvailable: anyMounted, run: () => useMounts.getState().ejectAll() },
  { id: 'add-files', chord: { key: 'a', shift: true }, isAvailable: always, run: () => pickToPutIn('files') },
  { id: 'add-folder', chord: { key: 'o', shift: true }, isAvailable: always, run: () => pickToPutIn('folder') },
  {
    id: 'new-folder',
    chord: { key: 'n', shift: true },
    isAvailable: always,
    run: newFolderIn,
  },
  { id: 'make-image', chord: { key: 'enter' }, isAvailable: canMake, run: makeImage },
  { id: 'open-project', isAvailable: always, run: () => openProject(null) },
  { id: 'save-project', chord: { key: 's' }, isAvailable: anyStaged, run: () => saveProject(false) },
  {
    id: 'save-project-as',
    chord: { key: 's', shift: true },
    isAvailable: anyStaged,
    run: () => saveProject(true),
  },
  {
    id: 'undo',
    chord: { key: 'z' },
    isAvailable: () => (isAtSettings() ? useSettings.getState().past.length > 0 : (history()?.canUndo ?? false)),
    run: () => inTextOr('undo', isAtSettings() ? useSettings.getState().undo : () => shownEdit()?.undo() ?? undo()),
  },
  {
    id: 'redo',
    chord: { key: 'z', shift: true },
    isAvailable: () => history()?.canRedo ?? false,
    run: () => inTextOr('redo', () => shownEdit()?.redo() ?? redo()),
  },
  { id: 'start-over', isAvailable: anyStaged, run: clearStaging },
  { id: 'palette', chord: { key: 'k' }, isAvailable: always, run: () => usePlaces.getState().openPalette(true) },
]

const byId = new Map(commands.map((command) => [command.id, command]))

export function commandOf(id: CommandId): Command {
  const command = byId.get(id)
  if (!command) throw new Error(`no command ${id}`)
  return command
}

export function runCommand(id: CommandId): void {
  const command = commandOf(id)
  if (command.isAvailable() || isEditingText(document.activeElement)) void command.run()
}
