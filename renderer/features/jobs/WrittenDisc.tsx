import { Disc } from '../../design/Disc.tsx'
import css from './WrittenDisc.module.css'

const SIZE_PX = 148
/** The data area of a disc, as parts of its radius. */
const INNER = 0.36
const OUTER = 0.97

/** Radius up to which a disc is written, from the hub outwards as a drive does it: equal areas for equal amounts. */
function writtenRadius(fraction: number): number {
  return Math.sqrt(INNER ** 2 + fraction * (OUTER ** 2 - INNER ** 2))
}

/** A disc that fills from the inside as the work goes on; the progress bar beside it says the same. */
export function WrittenDisc({ fraction }: { fraction: number | null }) {
  const radius = writtenRadius(fraction ?? 0)
  return (
    <div className={css.disc} aria-hidden>
      <Disc sizePx={SIZE_PX} />
      <svg className={css.written} viewBox="-1 -1 2 2" aria-hidden="true" focusable="false">
        <circle r={(INNER + radius) / 2} strokeWidth={Math.max(0, radius - INNER)} className={css.area} />
        {fraction !== null && fraction < 1 && <circle r={radius} className={css.edge} />}
      </svg>
    </div>
  )
}
