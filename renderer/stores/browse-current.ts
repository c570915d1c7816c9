/** The session of the image that a part of the window belongs to. */
import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import type { ImageSession, SessionState } from './browse-session.ts'
import type { EditState } from './edit-session.ts'

export const SessionContext = createContext<ImageSession | null>(null)

export function useSession(): ImageSession {
  const session = useContext(SessionContext)
  if (session === null) throw new Error('no image is shown here')
  return session
}

/** A part of its state; the component is drawn anew when that changes. */
export function useSessionState<T>(select: (state: SessionState) => T): T {
  return useStore(useSession().store, select)
}

/** A part of the state of its edit. */
export function useEditState<T>(select: (state: EditState) => T): T {
  return useStore(useSession().edit.store, select)
}
