import css from './Disc.module.css'

/** The picture of a disc; decoration only. */
export function Disc({ sizePx }: { sizePx: number }) {
  return <div className={css.disc} style={{ width: sizePx, height: sizePx }} aria-hidden />
}
