import { FileCog, FilePlus2, FolderInput, FolderTree } from 'lucide-react'
import { formatCount } from '../../../shared/format.ts'
import type { StagedSummary } from '../../../shared/staging.ts'
import { Button } from '../../design/Button.tsx'
import { Folded } from '../../design/Folded.tsx'
import { Name } from '../../design/Name.tsx'
import { ProgressLine } from '../../design/ProgressLine.tsx'
import { Size } from '../../design/Size.tsx'
import { visibleName } from '../../design/visible-name.ts'
import { useProjectFile } from '../../stores/project-file.ts'
import { isStaged, useStaging } from '../../stores/staging.ts'
import { pickToStage } from '../frame/entering.ts'
import css from './CreatePlace.module.css'
import { Decisions } from './Decisions.tsx'
import { StagedTree } from './StagedTree.tsx'
import { TreeToolbar } from './TreeToolbar.tsx'

/** Putting an image together: the tree at the left, the decisions at the right. */
export function CreatePlace() {
  const { summary, scan } = useStaging()
  const isAnyStaged = isStaged(summary)
  return (
    <div className={css.place}>
      <header className={css.head}>
        <h1 className={css.title}>New image</h1>
        {isAnyStaged && <ProjectName />}
        {summary && isAnyStaged && <Counts summary={summary} />}
      </header>
      <div className={css.columns}>
        <section className={css.stage} aria-label="Files">
          <TreeToolbar />
          {scan && <Scanning items={scan.items} current={scan.current} />}
          {isAnyStaged ? <StagedTree /> : !scan && <Empty />}
          {summary && summary.skipped.length > 0 && <Skipped summary={summary} />}
        </section>
        {summary && isAnyStaged && <Decisions summary={summary} />}
      </div>
    </div>
  )
}

/** The file that it is kept in. */
function ProjectName() {
  const file = useProjectFile((state) => state.file)
  if (file === null) return null
  return (
    <p className={css.project} title={file.displayPath}>
      <FileCog size={16} aria-hidden />
      <Name>{file.name}</Name>
      <span className={css.projectState}>{file.isChanged ? 'changed since it was saved' : 'saved'}</span>
    </p>
  )
}

function Counts({ summary }: { summary: StagedSummary }) {
  return (
    <p className={css.counts}>
      {formatCount(summary.files, 'file', 'files')}
      {summary.directories > 0 && ` in ${formatCount(summary.directories, 'folder', 'folders')}`} · <Size bytes={summary.contentBytes} />
    </p>
  )
}

function Empty() {
  return (
    <div className={css.empty} data-folder="/">
      <FolderTree size={56} strokeWidth={1} aria-hidden className={css.emptySign} />
      <h2 className={css.emptyTitle}>Drop files and folders here</h2>
      <p className={css.emptyWords}>Arrange them as they should be in the image, then make it. Your own files are never changed.</p>
      <div className={css.emptyActions}>
        <Button look="primary" large onPress={() => void pickToStage('folder')}>
          <FolderInput size={18} aria-hidden /> Add a folder…
        </Button>
        <Button large onPress={() => void pickToStage('files')}>
          <FilePlus2 size={18} aria-hidden /> Add files…
        </Button>
      </div>
    </div>
  )
}

function Scanning({ items, current }: { items: number; current: string }) {
  return (
    <div className={css.scanning}>
      <p className={css.scanWords}>
        <strong>Reading… {formatCount(items, 'item', 'items')} so far</strong>
        <Name className={css.scanCurrent}>{current}</Name>
      </p>
      <ProgressLine thin label="Reading what you added" fraction={null} />
    </div>
  )
}

function Skipped({ summary }: { summary: StagedSummary }) {
  const count = summary.skipped.length
  return (
    <div className={css.skipped}>
      <Folded headingLevel={2} title={`${formatCount(count, 'source is', 'sources are')} left out`}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled list must be reachable by keyboard */}
        <ul className={css.skippedList} tabIndex={0} aria-label="Left out">
          {summary.skipped.map(({ path, reason }) => (
            <li key={path}>
              <Name className={css.skippedPath}>{path}</Name>
              <span>{visibleName(reason)}</span>
            </li>
          ))}
        </ul>
      </Folded>
    </div>
  )
}
