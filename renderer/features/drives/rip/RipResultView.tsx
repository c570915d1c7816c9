import type { RipResult } from '../../../../shared/drives.ts'
import { formatCount, formatSize } from '../../../../shared/format.ts'
import { Folded } from '../../../design/Folded.tsx'
import { Name } from '../../../design/Name.tsx'
import css from './RipResultView.module.css'
import { endWords, protectionWords, rangeWords, secondReadingWords } from './rip-words.ts'

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
        <p>
          Second reading: <strong>{secondReadingWords(secondReading)}</strong>
        </p>
      )}
      {protection !== null && <p className={css.protection}>{protectionWords[protection]}</p>}
      {damagedFileCount > 0 && (
        <Folded title={`${formatCount(damagedFileCount, 'damaged file', 'damaged files')}`}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled list must be reachable by keyboard */}
          <ul className={css.list} tabIndex={0} aria-label="Damaged files">
            {damagedFiles.map(({ path, missingBytes }) => (
              <li key={path}>
                <Name>{path}</Name>
                <span className={css.muted}>{formatSize(missingBytes)} missing</span>
              </li>
            ))}
          </ul>
        </Folded>
      )}
      {missingRangeCount > 0 && (
        <Folded title={`${formatCount(missingRangeCount, 'place', 'places')} that could not be read`}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled list must be reachable by keyboard */}
          <ul className={css.list} tabIndex={0} aria-label="Places that could not be read">
            {missing.map((range) => (
              <li key={range.firstSector}>
                <span>{rangeWords(range)}</span>
                <span className={css.muted}>
                  {range.hits.length === 0 ? 'no file' : range.hits.slice(0, 3).map((path) => <Name key={path}>{path}</Name>)}
                </span>
              </li>
            ))}
          </ul>
        </Folded>
      )}
    </div>
  )
}
