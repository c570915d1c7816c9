import { useEffect } from 'react'
import { useDragging } from '../../stores/dragging.ts'
import { answerOf } from '../../stores/notices.ts'
import { usePlaces } from '../../stores/places.ts'
import { setExpanded, useStaging } from '../../stores/staging.ts'
import { enter } from './entering.ts'

const EXPAND_AFTER_MS = 700
/** While something hovers, dragover comes several times a second; silence means it went away without a word. */
const GONE_AFTER_MS = 1500

/** The staged folder that the element under the pointer stands for; the tree's rows carry it as `data-folder`. */
function folderAt(target: EventTarget | null): string | null {
  return target instanceof Element ? (target.closest<HTMLElement>('[data-folder]')?.dataset['folder'] ?? null) : null
}

const isFromOutside = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false

/** Opens a closed folder that something is held over. */
function expander() {
  let waiting: { folder: string; timer: ReturnType<typeof setTimeout> } | null = null
  return (folder: string | null) => {
    if (waiting?.folder === folder) return
    if (waiting) clearTimeout(waiting.timer)
    waiting = null
    if (folder === null || folder === '/' || usePlaces.getState().place !== 'create' || useStaging.getState().expanded.has(folder)) return
    waiting = { folder, timer: setTimeout(() => void setExpanded(folder, true), EXPAND_AFTER_MS) }
  }
}

/** Makes the whole window take drops from outside. Plain DOM events: only their File objects have a path. */
export function useWindowDrop(): void {
  useEffect(() => {
    const expandSoon = expander()
    let goneTimer: ReturnType<typeof setTimeout> | undefined
    const stop = () => {
      clearTimeout(goneTimer)
      expandSoon(null)
      useDragging.setState({ dragging: null })
    }
    const onDragOver = (event: DragEvent) => {
      if (!isFromOutside(event) || !event.dataTransfer) return
      event.preventDefault()
      event.dataTransfer.dropEffect = 'copy'
      clearTimeout(goneTimer)
      goneTimer = setTimeout(stop, GONE_AFTER_MS)
      const folder = folderAt(event.target)
      expandSoon(folder)
      const { dragging } = useDragging.getState()
      if (dragging?.itemTypes && dragging.folder === folder) return
      const itemTypes = [...event.dataTransfer.items].filter((item) => item.kind === 'file').map((item) => item.type)
      useDragging.setState({ dragging: { itemTypes, folder } })
    }
    const onDragLeave = (event: DragEvent) => {
      if (event.relatedTarget === null && useDragging.getState().dragging?.itemTypes) stop()
    }
    const onDrop = (event: DragEvent) => {
      if (!isFromOutside(event)) return
      event.preventDefault()
      const files = [...(event.dataTransfer?.files ?? [])]
      const folder = folderAt(event.target)
      stop()
      void answerOf(window.isomer.drop(files)).then((sources) => sources && enter(sources, { place: usePlaces.getState().place, folder }))
    }
    window.addEventListener('dragenter', onDragOver)
    window.addEventListener('dragover', onDragOver)
    window.addEventListener('dragleave', onDragLeave)
    window.addEventListener('drop', onDrop)
    return () => {
      stop()
      window.removeEventListener('dragenter', onDragOver)
      window.removeEventListener('dragover', onDragOver)
      window.removeEventListener('dragleave', onDragLeave)
      window.removeEventListener('drop', onDrop)
    }
  }, [])
}
