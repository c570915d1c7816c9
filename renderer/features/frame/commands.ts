/** Everything the window can be told to do, by menu, shortcut or palette. */
import type { MenuCommand } from '../../../shared/ipc.ts'
import { closeCurrentImage, useBrowseImages } from '../../stores/browse-images.ts'
import { showDrivesPage } from '../../stores/drives.ts'
import { useMounts } from '../../stores/mounts.ts'
import { type Place, usePlaces } from '../../stores/places.ts'
import { useSettings } from '../../stores/settings.ts'
import { clearStaging, isStaged, newFolder, redo, targetFolder, undo, useStaging } from '../../stores/staging.ts'
import { pickImages } from '../browse/picking.ts'
import { canMake, makeImage } from '../create/making.ts'
import { pickToMount } from '../mount/mounting.ts'
import { pickToVerify } from '../verify/verifying-actions.ts'
import { pickToStage } from './entering.ts'
import { isEditingText, type KeyChord } from './shortcuts.ts'

export type CommandId = MenuCommand | 'close-image' | 'mount-image' | 'verify-image' | 'eject-all' | 'start-over'

export interface Command {
  readonly id: CommandId
  readonly title: string
  readonly chord?: KeyChord
  readonly isAvailable: () => boolean
  readonly run: () => void | Promise<void>
}

const always = () => true
const go = (place: Place) => () => usePlaces.getState().go(place)
const anyMounted = () => useMounts.getState().rows?.some((row) => row.madeByIsomer) ?? false
const isImageShown = () => usePlaces.getState().place === 'images' && useBrowseImages.getState().currentId !== null
const isAtSettings = () => usePlaces.getState().place === 'settings'
const anyStaged = () => isStaged(useStaging.getState().summary)

/** A text being edited has an undo of its own. */
function inTextOr(textCommand: 'undo' | 'redo', staged: () => Promise<void>): void | Promise<void> {
  if (!isEditingText(document.activeElement)) return staged()
  document.execCommand(textCommand)
}

export const commands: readonly Command[] = [
  { id: 'home', title: 'Go to Home', chord: { key: '1' }, isAvailable: always, run: go('home') },
  { id: 'new-image', title: 'Go to New image', chord: { key: 'n' }, isAvailable: always, run: go('create') },
  { id: 'settings', title: 'Go to Settings', chord: { key: ',' }, isAvailable: always, run: go('settings') },
  { id: 'jobs', title: 'Go to Jobs', chord: { key: 'j' }, isAvailable: always, run: go('jobs') },
  { id: 'mounts', title: 'Go to Mounted images', chord: { key: '2' }, isAvailable: always, run: go('mounts') },
  { id: 'verify', title: 'Go to Verify', chord: { key: '3' }, isAvailable: always, run: go('verify') },
  { id: 'drives', title: 'Go to Drives', chord: { key: 'd' }, isAvailable: always, run: go('drives') },
  {
    id: 'burn',
    title: 'Burn to a disc…',
    chord: { key: 'b' },
    isAvailable: always,
    run: () => showDrivesPage({ is: 'burn', driveId: null, source: null }),
  },
  {
    id: 'flash',
    title: 'Write an image to a USB stick…',
    chord: { key: 'u' },
    isAvailable: always,
    run: () => showDrivesPage({ is: 'flash', stickId: null, source: null }),
  },
  { id: 'verify-image', title: 'Verify an image…', isAvailable: always, run: pickToVerify },
  { id: 'images', title: 'Go to Images', chord: { key: 'i' }, isAvailable: always, run: go('images') },
  { id: 'open-image', title: 'Open an image…', chord: { key: 'o' }, isAvailable: always, run: pickImages },
  { id: 'close-image', title: 'Close the image', chord: { key: 'w' }, isAvailable: isImageShown, run: closeCurrentImage },
  { id: 'mount-image', title: 'Mount an image…', isAvailable: always, run: pickToMount },
  { id: 'eject-all', title: 'Eject all images that Isomer mounted', isAvailable: anyMounted, run: () => useMounts.getState().ejectAll() },
  { id: 'add-files', title: 'Add files…', chord: { key: 'a', shift: true }, isAvailable: always, run: () => pickToStage('files') },
  { id: 'add-folder', title: 'Add a folder…', chord: { key: 'o', shift: true }, isAvailable: always, run: () => pickToStage('folder') },
  {
    id: 'new-folder',
    title: 'New folder in the image',
    chord: { key: 'n', shift: true },
    isAvailable: always,
    run: async () => {
      usePlaces.getState().go('create')
      await newFolder(targetFolder())
    },
  },
  { id: 'make-image', title: 'Make the image…', chord: { key: 'enter' }, isAvailable: canMake, run: makeImage },
  {
    id: 'undo',
    title: 'Undo',
    chord: { key: 'z' },
    isAvailable: () => (isAtSettings() ? useSettings.getState().past.length > 0 : (useStaging.getState().summary?.canUndo ?? false)),
    run: () => inTextOr('undo', isAtSettings() ? useSettings.getState().undo : undo),
  },
  {
    id: 'redo',
    title: 'Redo',
    chord: { key: 'z', shift: true },
    isAvailable: () => useStaging.getState().summary?.canRedo ?? false,
    run: () => inTextOr('redo', redo),
  },
  { id: 'start-over', title: 'Start over with an empty image', isAvailable: anyStaged, run: clearStaging },
  { id: 'palette', title: 'Find a command', chord: { key: 'k' }, isAvailable: always, run: () => usePlaces.getState().openPalette(true) },
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
