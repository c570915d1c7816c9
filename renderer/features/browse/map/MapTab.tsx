import { type KeyboardEvent, type PointerEvent, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { type SectorMap, type SectorUse, sectorUses } from '../../../../shared/browse.ts'
import { formatNumber, formatSize } from '../../../../shared/format.ts'
import { ProblemCard } from '../../../design/ProblemCard.tsx'
import { ProgressLine } from '../../../design/ProgressLine.tsx'
import { useSession, useSessionState } from '../../../stores/browse-current.ts'
import { useAsked } from '../files/useAsked.ts'
import css from './MapTab.module.css'
import { CELL_PX, cellAt, cellForKey, GAP_PX, gridFor, type MapGrid, placeOf } from './map-grid.ts'
import { PointedAt } from './PointedAt.tsx'

const useTitles: Readonly<Record<SectorUse, string>> = {
  file: 'Files',
  directory: 'Folders',
  structure: 'Descriptors and tables',
  boot: 'Boot equipment',
  other: 'Something else',
  unknown: 'Not looked at',
  free: 'Empty',
}

/** What lies where in the image. */
export function MapTab() {
  const session = useSession()
  const view = useSessionState((state) => state.view)
  const [grid, setGrid] = useState<MapGrid | null>(null)
  const frame = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    if (!frame.current) return
    const sizes = new ResizeObserver(([entry]) => entry && setGrid(gridFor(entry.contentRect.width, entry.contentRect.height)))
    sizes.observe(frame.current)
    return () => sizes.disconnect()
  }, [])
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
      <p>Looking where everything lies…</p>
      <ProgressLine thin label="Looking where everything lies" fraction={null} />
    </div>
  )
}

function Legend({ map }: { map: SectorMap }) {
  const present = sectorUses.filter((_, number) => (map.usedBytes[number] ?? 0) > 0).toReversed()
  return (
    <ul className={css.legend} aria-label="What the sectors hold">
      {present.map((use) => (
        <li key={use}>
          <span className={css.swatch} data-use={use} aria-hidden />
          {useTitles[use]}
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
  canvas.width = grid.columns * (CELL_PX + GAP_PX) * scale
  canvas.height = grid.rows * (CELL_PX + GAP_PX) * scale
  const pen = canvas.getContext('2d')
  if (!pen) return
  pen.scale(scale, scale)
  const colours = coloursOf(probe)
  const { color: ink, backgroundColor: paper } = getComputedStyle(probe)
  for (const [cell, use] of cells.entries()) {
    const { xPx, yPx } = placeOf(cell, grid)
    pen.fillStyle = colours[use] ?? ''
    pen.fillRect(xPx, yPx, CELL_PX, CELL_PX)
    drawMark(pen, sectorUses[use], xPx, yPx, paper)
  }
  const { xPx, yPx } = placeOf(pointed, grid)
  pen.strokeStyle = ink
  pen.lineWidth = 2
  pen.strokeRect(xPx, yPx, CELL_PX, CELL_PX)
}

/** Shapes for those who can't tell the colours apart: a bar for folders, a dot for tables, a cross for boot equipment. */
function drawMark(pen: CanvasRenderingContext2D, use: SectorUse | undefined, xPx: number, yPx: number, colour: string): void {
  pen.fillStyle = colour
  if (use === 'directory') pen.fillRect(xPx + 2, yPx + 4, CELL_PX - 4, 1)
  else if (use === 'structure') pen.fillRect(xPx + 3, yPx + 3, 3, 3)
  else if (use === 'boot') {
    pen.fillRect(xPx + 4, yPx + 2, 1, CELL_PX - 4)
    pen.fillRect(xPx + 2, yPx + 4, CELL_PX - 4, 1)
  }
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
      role="slider"
      tabIndex={0}
      aria-label="Sector map"
      aria-valuemin={0}
      aria-valuemax={Math.max(0, count - 1)}
      aria-valuenow={Math.max(0, pointed)}
      aria-valuetext={`Sector ${formatNumber(pointed * map.sectorsPerCell)}: ${useTitles[use]}`}
      onPointerDown={onPointer}
      onPointerMove={onPointer}
      onKeyDown={onKeyDown}
    >
      <div ref={probe} className={css.probe} aria-hidden>
        {sectorUses.map((each) => (
          <span key={each} className={css.swatch} data-use={each} />
        ))}
      </div>
      <canvas
        ref={canvas}
        className={css.canvas}
        style={{ width: grid.columns * (CELL_PX + GAP_PX), height: grid.rows * (CELL_PX + GAP_PX) }}
      />
    </div>
  )
}
