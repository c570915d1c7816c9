import { useEffect, useRef, useState } from 'react'
import type { BrowsedViewKind } from '../../../../shared/browse.ts'
import { MAX_BYTES_PER_MESSAGE } from '../../../../shared/limits.ts'
import { rowWindow } from '../../../design/list/row-window.ts'
import { say } from '../../../words/say.ts'
import css from './HexView.module.css'
import { BYTES_PER_LINE, hexLine } from './hex-words.ts'

const LINE_PX = 18
const MAX_CHUNKS = 32

interface Props {
  readonly entry: { readonly imageId: string; readonly view: BrowsedViewKind; readonly entry: number }
  readonly sizeBytes: number
}

/** All bytes of a file, however many; only those in sight are read. */
export function HexView({ entry, sizeBytes }: Props) {
  const scroller = useRef<HTMLDivElement>(null)
  const [scrolled, setScrolled] = useState({ scrollTopPx: 0, viewPx: 400 })
  const [chunks, setChunks] = useState<ReadonlyMap<number, Uint8Array>>(new Map())
  const asked = useRef(new Set<number>())
  const shown = rowWindow({ count: Math.ceil(sizeBytes / BYTES_PER_LINE), rowPx: LINE_PX, ...scrolled })
  const firstChunk = Math.floor((shown.from * BYTES_PER_LINE) / MAX_BYTES_PER_MESSAGE)
  const lastChunk = Math.floor((shown.to * BYTES_PER_LINE) / MAX_BYTES_PER_MESSAGE)

  useEffect(() => {
    const element = scroller.current
    if (!element) return
    const look = () => setScrolled({ scrollTopPx: element.scrollTop, viewPx: element.clientHeight })
    const sizes = new ResizeObserver(look)
    sizes.observe(element)
    element.addEventListener('scroll', look, { passive: true })
    return () => {
      sizes.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the parent makes another view for another entry
  useEffect(() => {
    for (let chunk = firstChunk; chunk <= lastChunk; chunk++) {
      if (asked.current.has(chunk)) continue
      asked.current.add(chunk)
      const wanted = { ...entry, offsetBytes: chunk * MAX_BYTES_PER_MESSAGE, lengthBytes: MAX_BYTES_PER_MESSAGE }
      void window.isomer.browse.bytes(wanted).then((reply) => {
        if (!reply.ok) return
        setChunks((known) => {
          const [oldest] = known.size >= MAX_CHUNKS ? known.keys() : []
          if (oldest !== undefined) asked.current.delete(oldest)
          return new Map([...known].filter(([number]) => number !== oldest)).set(chunk, reply.value)
        })
      })
    }
  }, [firstChunk, lastChunk])

  const line = (number: number) => {
    const offsetBytes = number * BYTES_PER_LINE
    const bytes = chunks.get(Math.floor(offsetBytes / MAX_BYTES_PER_MESSAGE))
    const from = offsetBytes % MAX_BYTES_PER_MESSAGE
    return hexLine(offsetBytes, bytes?.subarray(from, from + BYTES_PER_LINE) ?? new Uint8Array())
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolled bytes must be reachable by keyboard
    <section ref={scroller} className={css.view} tabIndex={0} aria-label={say('browse.preview.bytes')} dir="ltr">
      <div className={css.all} style={{ height: shown.heightPx }}>
        <pre className={css.lines} style={{ transform: `translateY(${shown.topPx}px)` }}>
          {Array.from({ length: shown.to - shown.from }, (_, i) => line(shown.from + i)).map(({ offset, hex, characters }) => (
            <div key={offset} className={css.line}>
              <span className={css.offset}>{offset}</span>
              <span>{hex}</span>
              <span className={css.characters}>{characters}</span>
            </div>
          ))}
        </pre>
      </div>
    </section>
  )
}
