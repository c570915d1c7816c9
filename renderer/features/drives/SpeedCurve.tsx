import { type SpeedPoint, useJobTraces } from '../../stores/job-traces.ts'
import { formatDuration, formatSize } from '../../words/amounts.ts'
import { say } from '../../words/say.ts'
import css from './SpeedCurve.module.css'

const WIDTH = 400
const HEIGHT = 80
const NOTHING: readonly SpeedPoint[] = []

/** How fast the drive was, from the start of the job to now. */
export function SpeedCurve({ jobId }: { jobId: string }) {
  const points = useJobTraces((state) => state.traces.get(jobId) ?? NOTHING)
  const last = points.at(-1)
  if (points.length < 2 || last === undefined) return null
  const fastest = Math.max(1, ...points.map(({ bytesPerSecond }) => bytesPerSecond))
  const x = ({ atMs }: SpeedPoint) => (atMs / last.atMs) * WIDTH
  const y = ({ bytesPerSecond }: SpeedPoint) => HEIGHT - (bytesPerSecond / fastest) * (HEIGHT - 2)
  const line = points.map((point) => `${x(point).toFixed(1)},${y(point).toFixed(1)}`).join(' ')
  const first = points[0] as SpeedPoint
  return (
    <figure className={css.curve}>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={say('drives.curve', { now: formatSize(last.bytesPerSecond), fastest: formatSize(fastest) })}
      >
        <polygon className={css.area} points={`${x(first).toFixed(1)},${HEIGHT} ${line} ${WIDTH},${HEIGHT}`} />
        <polyline className={css.line} points={line} />
      </svg>
      <figcaption className={css.words}>
        <span>{say('drives.curve.caption', { fastest: formatSize(fastest) })}</span>
        <span>{formatDuration(last.atMs)}</span>
      </figcaption>
    </figure>
  )
}
