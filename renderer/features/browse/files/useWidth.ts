import { type RefObject, useLayoutEffect, useState } from 'react'

/** How wide an element is; drawn anew when that changes. */
export function useWidth(element: RefObject<HTMLElement | null>): number {
  const [widthPx, setWidthPx] = useState(800)
  useLayoutEffect(() => {
    if (!element.current) return
    const sizes = new ResizeObserver(([entry]) => entry && setWidthPx(entry.contentRect.width))
    sizes.observe(element.current)
    return () => sizes.disconnect()
  }, [element])
  return widthPx
}
