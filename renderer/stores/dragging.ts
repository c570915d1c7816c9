/** What is being dragged over the window. */
import { create } from 'zustand'

export interface Dragging {
  /** Media types of what comes from outside; null for rows of the staged tree. */
  readonly itemTypes: readonly string[] | null
  /** The staged folder under the pointer. */
  readonly folder: string | null
}

export const useDragging = create<{ readonly dragging: Dragging | null }>()(() => ({ dragging: null }))
