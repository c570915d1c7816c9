import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { say } from '../../../words/say.ts'
import { GAP_PX, gridFor, type MapGrid, placeOf } from '../../browse/map/map-grid.ts'
import { type CellState, cellStates, cellTitle, countCells, mapWords, shareWords, stateOfCell } from './cell-states.ts'
import css from './RescueMap.module.css'

/** Enough for a thousand parts in the narrowest window. */
const MOST_HEIGHT_PX = 240

/** The disc from its start to its end, and what became of each part of it. */
export function RescueMap({ cells }: { cells: string }) {
  const frame = useRef<HTMLDivElement>(null)
  const [widthPx, setWidthPx] = useState(0)
  useLayoutEffect(() => {
    if (!frame.current) return
    const sizes = new ResizeObserver(([entry]) => entry && setWidthPx(entry.contentRect.width))
    sizes.observe(frame.current)
    return () => sizes.disconnect()
  }, [])
  const grid = widthPx === 0 ? null : tightGrid(widthPx, cells.length)
  return (
    <div className={css.map}>
      <div ref={frame}>{grid !== null && <Cells cells={cells} grid={grid} />}</div>
      <Legend cells={cells} />
    </div>
  )
}

/** The largest cells that fit, without empty rows below them. */
function tightGrid(widthPx: number, count: number): MapGrid {
  const grid = gridFor(widthPx, MOST_HEIGHT_PX, count)
  return { ...grid, rows: Math.ceil(count / grid.columns) }
}

function Legend({ cells }: { cells: string }) {
  const counts = countCells(cells)
  return (
    <ul className={css.legend} aria-label={say('drives.map.legend')}>
      {cellStates.map((state) => (
        <li key={state} data-none={counts[state] === 0 || undefined}>
          <span className={css.swatch} data-state={state} aria-hidden />
          {cellTitle(state)} <span className={css.share}>{shareWords(counts[state], cells.length)}</span>
        </li>
      ))}
    </ul>
  )
}

function Cells({ cells, grid }: { cells: string; grid: MapGrid }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const probe = useRef<HTMLDivElement>(null)
  const redraw = useCallback(() => {
    if (canvas.current && probe.current) draw(canvas.current, probe.current, cells, grid)
  }, [cells, grid])
  useLayoutEffect(redraw, [redraw])
  useEffect(() => {
    const dark = window.matchMedia('(prefers-color-scheme: dark)')
    const later = () => requestAnimationFrame(redraw)
    dark.addEventListener('change', later)
    return () => dark.removeEventListener('change', later)
  }, [redraw])
  return (
    <div role="img" aria-label={mapWords(cells)} className={css.cells}>
      <div ref={probe} className={css.probe} aria-hidden>
        {cellStates.map((state) => (
          <span key={state} className={css.swatch} data-state={state} />
        ))}
      </div>
      <canvas ref={canvas} className={css.canvas} style={{ width: grid.columns * grid.stepPx, height: grid.rows * grid.stepPx }} />
    </div>
  )
}

/** The colours of the states, as the present theme has them: only an element knows. */
function coloursOf(probe: HTMLElement): string[] {
  return [...probe.children].map((swatch) => getComputedStyle(swatch).backgroundColor)
}

function draw(canvas: HTMLCanvasElement, probe: HTMLElement, cells: string, grid: MapGrid): void {
  const scale = devicePixelRatio
  canvas.width = grid.columns * grid.stepPx * scale
  canvas.height = grid.rows * grid.stepPx * scale
  const pen = canvas.getContext('2d')
  if (!pen) return
  pen.scale(scale, scale)
  const colours = coloursOf(probe)
  const paper = getComputedStyle(probe).backgroundColor
  const sidePx = grid.stepPx - GAP_PX
  for (let cell = 0; cell < cells.length; cell++) {
    const state = stateOfCell(cells[cell] ?? '')
    const { xPx, yPx } = placeOf(cell, grid)
    pen.fillStyle = colours[cellStates.indexOf(state)] ?? ''
    pen.fillRect(xPx, yPx, sidePx, sidePx)
    pen.fillStyle = paper
    pen.strokeStyle = paper
    drawMark(pen, state, xPx, yPx, sidePx)
  }
}

/** Shapes for those who can't tell the colours apart: a dot for slow, a bar for what is tried again, a cross for bad. */
function drawMark(pen: CanvasRenderingContext2D, state: CellState, xPx: number, yPx: number, sidePx: number): void {
  const third = Math.floor(sidePx / 3)
  if (state === 'slow') pen.fillRect(xPx + third, yPx + third, sidePx - 2 * third, sidePx - 2 * third)
  if (state === 'later') pen.fillRect(xPx + 2, yPx + Math.floor(sidePx / 2), sidePx - 4, 1)
  if (state !== 'bad') return
  pen.lineWidth = 1.5
  pen.beginPath()
  pen.moveTo(xPx + 2, yPx + 2)
  pen.lineTo(xPx + sidePx - 2, yPx + sidePx - 2)
  pen.moveTo(xPx + sidePx - 2, yPx + 2)
  pen.lineTo(xPx + 2, yPx + sidePx - 2)
  pen.stroke()
}
