import { useId } from 'react'
import type { StagedSummary } from '../../../shared/staging.ts'
import { Size } from '../../design/Size.tsx'
import { formatExactBytes, formatSize } from '../../words/amounts.ts'
import { say } from '../../words/say.ts'
import css from './CapacityRing.module.css'
import { capacityOf, fitSentence } from './capacity.ts'

const RADIUS = 40
const LENGTH = 2 * Math.PI * RADIUS

/** How full the smallest fitting disc gets: the ring, and the same in words. */
export function CapacityRing({ summary }: { summary: StagedSummary }) {
  const sizeBytes = summary.imageSizeBytes
  if (sizeBytes === null) return null
  const capacity = capacityOf(sizeBytes, summary.contentBytes)
  const isTooLarge = capacity.medium === null
  return (
    <section className={css.capacity} aria-label={say('create.capacity')}>
      <Ring sizeBytes={sizeBytes} files={capacity.filesFraction} structure={capacity.structureFraction} isTooLarge={isTooLarge} />
      <div className={css.words}>
        <p className={css.fit}>{fitSentence(sizeBytes)}</p>
        <dl className={css.legend}>
          <dt>
            <i className={css.files} /> {say('common.files', { count: summary.files })}
          </dt>
          <dd>
            <Size bytes={Math.min(summary.contentBytes, sizeBytes)} />
          </dd>
          <dt title={say('create.capacity.structure.detail')}>
            <i className={css.structure} /> {say('create.capacity.structure')}
          </dt>
          <dd>
            <Size bytes={capacity.structureBytes} />
          </dd>
          {!isTooLarge && (
            <>
              <dt>
                <i className={css.free} /> {say('create.capacity.free')}
              </dt>
              <dd>
                <Size bytes={capacity.freeBytes} />
              </dd>
            </>
          )}
        </dl>
      </div>
    </section>
  )
}

interface RingProps {
  readonly sizeBytes: number
  readonly files: number
  readonly structure: number
  readonly isTooLarge: boolean
}

function Ring({ sizeBytes, files, structure, isTooLarge }: RingProps) {
  const hatch = useId()
  const arc = (fraction: number, from: number) => ({ strokeDasharray: `${fraction * LENGTH} ${LENGTH}`, strokeDashoffset: -from * LENGTH })
  const [number, unit] = formatSize(sizeBytes).split(/\s/)
  const bytes = formatExactBytes(sizeBytes)
  return (
    <svg
      className={css.ring}
      viewBox="0 0 100 100"
      role="img"
      aria-label={say('create.capacity.ring', { bytes, fit: fitSentence(sizeBytes) })}
    >
      <title>{bytes}</title>
      <defs>
        <pattern id={hatch} width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="4" height="4" className={css.hatchGround} />
          <rect width="2" height="4" className={css.hatchLine} />
        </pattern>
      </defs>
      <circle cx="50" cy="50" r={RADIUS} className={css.track} />
      <g transform="rotate(-90 50 50)" className={isTooLarge ? css.tooLarge : undefined}>
        <circle cx="50" cy="50" r={RADIUS} className={css.structureArc} stroke={`url(#${hatch})`} style={arc(structure, files)} />
        <circle cx="50" cy="50" r={RADIUS} className={css.filesArc} style={arc(files, 0)} />
      </g>
      <text x="50" y="51" className={css.number}>
        {number}
      </text>
      <text x="50" y="64" className={css.unit}>
        {unit}
      </text>
    </svg>
  )
}
