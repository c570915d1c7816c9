import { ProgressBar } from 'react-aria-components'
import css from './ProgressLine.module.css'

interface Props {
  readonly label: string
  /** From 0 to 1; null while it isn't known. */
  readonly fraction: number | null
  /** What a screen reader says instead of the percentage. */
  readonly valueText?: string | undefined
  readonly thin?: boolean
}

export function ProgressLine({ label, fraction, valueText, thin = false }: Props) {
  return (
    <ProgressBar
      aria-label={label}
      isIndeterminate={fraction === null}
      value={fraction ?? 0}
      maxValue={1}
      valueLabel={valueText}
      className={thin ? css.thin : undefined}
    >
      <div className={css.track}>
        {fraction === null ? (
          <div className={`${css.fill} ${css.unknown}`} />
        ) : (
          <div className={css.fill} style={{ width: `${fraction * 100}%` }} />
        )}
      </div>
    </ProgressBar>
  )
}
