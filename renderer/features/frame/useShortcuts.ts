import { useEffect } from 'react'
import { usePlaces } from '../../stores/places.ts'
import { type Command, commands, runCommand } from './commands.ts'
import { isChord, isEditingText } from './shortcuts.ts'

const REDO_AS_ON_WINDOWS = { key: 'y' }

function isPressed(event: KeyboardEvent, command: Command): boolean {
  if (command.id === 'redo' && isChord(event, REDO_AS_ON_WINDOWS)) return true
  return command.chord !== undefined && isChord(event, command.chord)
}

/** Runs commands by their keys and by the native menu. */
export function useShortcuts(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const pressed = commands.filter((candidate) => isPressed(event, candidate))
      // What a key does can depend on the place: Ctrl+S saves what is there.
      const command = pressed.find((candidate) => candidate.isAvailable()) ?? pressed[0]
      if (!command || event.defaultPrevented) return
      if (isEditingText(event.target) && (command.id === 'undo' || command.id === 'redo')) return
      if (usePlaces.getState().isPaletteOpen && command.id !== 'palette') return
      event.preventDefault() // or the native menu would run it a second time
      runCommand(command.id)
    }
    window.addEventListener('keydown', onKeyDown)
    const stopListening = window.isomer.app.onCommand(runCommand)
    return () => {
      window.removeEventListener('keydown', onKeyDown)
      stopListening()
    }
  }, [])
}
