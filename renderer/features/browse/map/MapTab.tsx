import { type KeyboardEvent, type PointerEvent, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { type SectorMap, type SectorUse, sectorUses } from '../../../../shared/browse.ts'
import { ProblemCard } from '../../../design/ProblemCard.tsx'
import { ProgressLine } from '../../../design/ProgressLine.tsx'
import { useSession, useSessionState } from '../../../stores/browse-current.ts'
import { formatSize } from '../../../words/amounts.ts'
import { say } from '../../../words/say.ts'
import { useAsked } from '../files/useAsked.ts'
import css from './MapTab.module.css'
import { cellAt, cellForKey, GAP_PX, gridFor, type MapGrid, placeOf } from './map-grid.ts'
import { PointedAt } from './PointedAt.tsx'

const SECTOR_BYTES = 2048

/** What lies where in the image. */
export function MapTab() {
  const session = useSession()
  const view = useSessionState((state) => state.view)
  const [grid, setGrid] = useState<MapGrid | null>(null)
  const frame = useRef<HTMLDivElement>(null)
  const sectors = Math.ceil(session.image.sizeBytes / SECTOR_BYTES)
  useLayoutEffect(() => {
    if (!frame.current) return
    const sizes = new ResizeObserver(([entry]) => entry && setGrid(gridFor(entry.contentRect.width, entry.contentRect.height, sectors)))
    sizes.observe(frame.current)
    return () => sizes.disconnect()
  }, [sectors])
  const mostCells = grid === null ? 0 : grid.columns * grid.rows
  const wanted = { imageId: session.image.imageId, view, mostCells }
  const asked = useAsked(grid === null ? null : `${view} ${mostCells}`, () => window.isomer.browse.map(wanted))
  const [latest, setLatest] = useState<SectorMap | null>(null)
  const map = asked.is === 'there' ? asked.value : latest
  useEffect(() => {
    if (asked.is === 'there') setLatest(asked.value)
  }, [asked])
  return (
    <div className={css.map}>
      <div className={css.frame} ref={frame}>
        {asked.is === 'failed' && <ProblemCard problem={asked.problem} />}
        {map === null && asked.is === 'asking' && <Drawing />}
        {map !== null && grid !== null && asked.is !== 'failed' && <Cells map={map} grid={grid} />}
      </div>
      {map !== null && (
        <footer className={css.foot}>
          <Legend map={map} />
          <PointedAt map={map} />
        </footer>
      )}
    </div>
  )
}

function Drawing() {
  return (
    <div className={css.drawing}>
      <p>{say('browse.map.looking-now')}</p>
      <ProgressLine thin label={say('browse.map.looking')} fraction={null} />
    </div>
  )
}

function Legend({ map }: { map: SectorMap }) {
  const present = sectorUses.filter((_, number) => (map.usedBytes[number] ?? 0) > 0).toReversed()
  return (
    <ul className={css.legend} aria-label={say('browse.map.legend')}>
      {present.map((use) => (
        <li key={use}>
          <span className={css.swatch} data-use={use} aria-hidden />
          {say(`browse.map.use.${use}`)}
          <span className={css.muted}>{formatSize(map.usedBytes[sectorUses.indexOf(use)] ?? 0)}</span>
        </li>
      ))}
    </ul>
  )
}

/** The colours of the uses, as the present theme has them: only an element knows. */
function coloursOf(probe: HTMLElement): string[] {
  return [...probe.children].map((swatch) => getComputedStyle(swatch).backgroundColor)
}

function draw(canvas: HTMLCanvasElement, probe: HTMLElement, { cells }: SectorMap, grid: MapGrid, pointed: number): void {
  const scale = devicePixelRatio
  canvas.width = grid.columns * grid.stepPx * scale
  canvas.height = grid.rows * grid.stepPx * scale
  const pen = canvas.getContext('2d')
  if (!pen) return
  pen.scale(scale, scale)
  const colours = coloursOf(probe)
  const { color: ink, backgroundColor: paper } = getComputedStyle(probe)
  const sidePx = grid.stepPx - GAP_PX
  for (const [cell, use] of cells.entries()) {
    const { xPx, yPx } = placeOf(cell, grid)
    pen.fillStyle = colours[use] ?? ''
    pen.fillRect(xPx, yPx, sidePx, sidePx)
    pen.fillStyle = paper
    drawMark(pen, sectorUses[use], xPx, yPx, sidePx)
  }
  const { xPx, yPx } = placeOf(pointed, grid)
  pen.strokeStyle = ink
  pen.lineWidth = 2
  pen.strokeRect(xPx, yPx, sidePx, sidePx)
}

/** Shapes for those who can't tell the colours apart: a bar for folders, a dot for tables, a cross for boot equipment. */
function drawMark(pen: CanvasRenderingContext2D, use: SectorUse | undefined, xPx: number, yPx: number, sidePx: number): void {
  const third = Math.floor(sidePx / 3)
  const middle = Math.floor(sidePx / 2)
  if (use === 'structure') pen.fillRect(xPx + third, yPx + third, sidePx - 2 * third, sidePx - 2 * third)
  if (use === 'directory' || use === 'boot') pen.fillRect(xPx + 2, yPx + middle, sidePx - 4, 1)
  if (use === 'boot') pen.fillRect(xPx + middle, yPx + 2, 1, sidePx - 4)
}

function Cells({ map, grid }: { map: SectorMap; grid: MapGrid }) {
  const session = useSession()
  const mapLba = useSessionState((state) => state.mapLba)
  const canvas = useRef<HTMLCanvasElement>(null)
  const probe = useRef<HTMLDivElement>(null)
  const count = map.cells.length
  const pointed = Math.min(count - 1, Math.floor(mapLba / map.sectorsPerCell))
  const redraw = useCallback(() => {
    if (canvas.current && probe.current) draw(canvas.current, probe.current, map, grid, pointed)
  }, [map, grid, pointed])
  useLayoutEffect(redraw, [redraw])
  useEffect(() => {
    const dark = window.matchMedia('(prefers-color-scheme: dark)')
    const later = () => requestAnimationFrame(redraw)
    dark.addEventListener('change', later)
    return () => dark.removeEventListener('change', later)
  }, [redraw])

  const point = (cell: number | null) => {
    if (cell !== null && cell !== pointed) session.pointAt(cell * map.sectorsPerCell)
  }
  const onPointer = (event: PointerEvent<HTMLElement>) => {
    if (event.type === 'pointermove' && event.buttons === 0) return
    const { left, top } = event.currentTarget.getBoundingClientRect()
    point(cellAt(event.clientX - left, event.clientY - top, grid, count))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const cell = cellForKey(event.key, pointed, grid, count)
    if (cell === null || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    point(cell)
  }
  const use = sectorUses[map.cells[pointed] ?? 0] ?? 'free'
  return (
    <div
      className={css.cells}
      dir="ltr"
      role="slider"
      tabIndex={0}
      aria-label={say('browse.look.map')}
      aria-valuemin={0}
      aria-valuemax={Math.max(0, count - 1)}
      aria-valuenow={Math.max(0, pointed)}
      aria-valuetext={say('browse.map.value', { lba: pointed * map.sectorsPerCell, use: say(`browse.map.use.${use}`) })}
      onPointerDown={onPointer}
      onPointerMove={onPointer}
      onKeyDown={onKeyDown}
    >
      <div ref={probe} className={css.probe} aria-hidden>
        {sectorUses.map((each) => (
          <span key={each} className={css.swatch} data-use={each} />
        ))}
      </div>
      <canvas ref={canvas} className={css.canvas} style={{ width: grid.columns * grid.stepPx, height: grid.rows * grid.stepPx }} />
    </div>
  )
}
