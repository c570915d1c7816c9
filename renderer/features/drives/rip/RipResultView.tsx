import type { RipResult } from '../../../../shared/drives.ts'
import { Folded } from '../../../design/Folded.tsx'
import { Path } from '../../../design/Path.tsx'
import { formatSize } from '../../../words/amounts.ts'
import { say, sayNodes } from '../../../words/say.ts'
import css from './RipResultView.module.css'
import { endWords, rangeWords, secondReadingWords } from './rip-words.ts'

/** What came of copying a disc: what is missing, the files that this hits, and how the second reading went. */
export function RipResultView({ result }: { result: RipResult }) {
  const { missing, missingRangeCount, damagedFiles, damagedFileCount, protection, secondReading, unreadBytes } = result
  const isGood = unreadBytes === 0 && secondReading?.isSame !== false
  return (
    <div className={css.result}>
      <p className={css.verdict} data-good={isGood || undefined}>
        {endWords(result)}
      </p>
      {secondReading !== null && (
        <p>{sayNodes('drives.rip.second', { b: (chunks) => <strong>{chunks}</strong>, words: secondReadingWords(secondReading) })}</p>
      )}
      {protection !== null && <p className={css.protection}>{say(`drives.rip.protection.${protection}`)}</p>}
      {damagedFileCount > 0 && (
        <Folded title={say('drives.rip.damaged', { count: damagedFileCount })}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled list must be reachable by keyboard */}
          <ul className={css.list} tabIndex={0} aria-label={say('drives.rip.damaged.label')}>
            {damagedFiles.map(({ path, missingBytes }) => (
              <li key={path}>
                <Path>{path}</Path>
                <span className={css.muted}>{say('drives.rip.damaged.missing', { size: formatSize(missingBytes) })}</span>
              </li>
            ))}
          </ul>
        </Folded>
      )}
      {missingRangeCount > 0 && (
        <Folded title={say('drives.rip.places', { count: missingRangeCount })}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled list must be reachable by keyboard */}
          <ul className={css.list} tabIndex={0} aria-label={say('drives.rip.places.label')}>
            {missing.map((range) => (
              <li key={range.firstSector}>
                <span>{rangeWords(range)}</span>
                <span className={css.muted}>
                  {range.hits.length === 0
                    ? say('drives.rip.places.no-file')
                    : range.hits.slice(0, 3).map((path) => <Path key={path}>{path}</Path>)}
                </span>
              </li>
            ))}
          </ul>
        </Folded>
      )}
    </div>
  )
}
