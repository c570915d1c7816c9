import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowRight } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { Change } from '../../../shared/image-model.ts'
import { fileSystemKinds } from '../../../shared/image-project.ts'
import type { StagedSummary } from '../../../shared/staging.ts'
import { Badge } from '../../design/Badge.tsx'
import { Name } from '../../design/Name.tsx'
import { Path } from '../../design/Path.tsx'
import { Sheet } from '../../design/Sheet.tsx'
import { visibleName } from '../../design/visible-name.ts'
import { answerOf } from '../../stores/notices.ts'
import { fromEngine } from '../../words/from-engine.ts'
import { say, sayNodes } from '../../words/say.ts'
import css from './ChangesSheet.module.css'
import { fileSystemTitles, missingPages, startsGroup } from './change-words.ts'

const PAGE_SIZE = 200
const ESTIMATED_HEIGHT_PX = 68

interface Props {
  readonly summary: StagedSummary
  readonly isOpen: boolean
  readonly onClose: () => void
}

/** Everything that a file system will hold differently from the source, before anything is written. */
export function ChangesSheet({ summary, isOpen, onClose }: Props) {
  const counts = fileSystemKinds.filter((kind) => summary.fileSystems.includes(kind))
  return (
    <Sheet title={say('create.changes')} isOpen={isOpen} onClose={onClose}>
      <p className={css.lead}>{say('create.changes.lead', { count: summary.changeTotal })}</p>
      <ul className={css.counts} aria-label={say('create.changes.by-file-system')}>
        {counts.map((kind) => (
          <li key={kind}>
            <Badge tone={summary.changeCounts[kind] ? 'caution' : 'plain'}>
              {say('create.changes.in-file-system', { fileSystem: fileSystemTitles[kind], count: summary.changeCounts[kind] ?? 0 })}
            </Badge>
          </li>
        ))}
      </ul>
      <ChangeList key={summary.changeTotal} total={summary.changeTotal} />
    </Sheet>
  )
}

function useChanges(total: number, first: number, last: number): ReadonlyMap<number, Change> {
  const asked = useRef(new Set<number>())
  const [changes, setChanges] = useState<ReadonlyMap<number, Change>>(new Map())
  useEffect(() => {
    for (const page of missingPages(first, last, total, PAGE_SIZE, asked.current)) {
      asked.current.add(page)
      const offset = page * PAGE_SIZE
      void answerOf(window.isomer.staging.changes({ offset, limit: PAGE_SIZE })).then((fetched) => {
        if (!fetched) return
        setChanges((known) => new Map([...known, ...fetched.map((change, index) => [offset + index, change] as const)]))
      })
    }
  }, [total, first, last])
  return changes
}

function ChangeList({ total }: { total: number }) {
  const scroller = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => ESTIMATED_HEIGHT_PX,
    overscan: 8,
  })
  const items = virtualizer.getVirtualItems()
  const changes = useChanges(total, items[0]?.index ?? 0, items.at(-1)?.index ?? 0)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled list must be reachable by keyboard
    <section ref={scroller} className={css.list} tabIndex={0} aria-label={say('create.changes.list')}>
      <ul className={css.inner} style={{ height: virtualizer.getTotalSize() }}>
        {items.map((item) => (
          <li
            key={item.key}
            ref={virtualizer.measureElement}
            data-index={item.index}
            className={css.item}
            style={{ transform: `translateY(${item.start}px)` }}
          >
            <ChangeItem change={changes.get(item.index)} isFirst={startsGroup(changes, item.index)} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function ChangeItem({ change, isFirst }: { change: Change | undefined; isFirst: boolean }) {
  if (!change) return <p className={css.waiting}>…</p>
  const folder = change.path.slice(0, change.path.lastIndexOf('/'))
  return (
    <>
      {isFirst && <h3 className={css.group}>{fileSystemTitles[change.fileSystem]}</h3>}
      <div className={css.change}>
        <p className={css.names}>
          <Name>{change.path.slice(change.path.lastIndexOf('/') + 1)}</Name>
          {change.becomes !== null && (
            <>
              <ArrowRight size={14} aria-label={say('create.changes.becomes')} className="pointing" />
              <Name className={css.becomes}>{change.becomes}</Name>
            </>
          )}
        </p>
        <Badge tone={change.kind === 'omitted' || change.kind === 'caution' ? 'caution' : 'plain'}>
          {say(`create.change.${change.kind}`)}
        </Badge>
        <p className={css.reason}>
          {fromEngine(visibleName(change.reason))}
          {folder !== '' && <> {sayNodes('create.changes.in-folder', { folder: <Path>{folder}</Path> })}</>}
        </p>
      </div>
    </>
  )
}
