import { FileCog, FilePlus2, FolderInput, FolderTree } from 'lucide-react'
import type { StagedSummary } from '../../../shared/staging.ts'
import { Button } from '../../design/Button.tsx'
import { Folded } from '../../design/Folded.tsx'
import { Name } from '../../design/Name.tsx'
import { Path } from '../../design/Path.tsx'
import { ProgressLine } from '../../design/ProgressLine.tsx'
import { Size } from '../../design/Size.tsx'
import { visibleName } from '../../design/visible-name.ts'
import { useProjectFile } from '../../stores/project-file.ts'
import { isStaged, useStaging } from '../../stores/staging.ts'
import { fromEngine } from '../../words/from-engine.ts'
import { say } from '../../words/say.ts'
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
        <h1 className={css.title}>{say('create.title')}</h1>
        {isAnyStaged && <ProjectName />}
        {summary && isAnyStaged && <Counts summary={summary} />}
      </header>
      <div className={css.columns}>
        <section className={css.stage} aria-label={say('create.files')}>
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
      <span className={css.projectState}>{say(file.isChanged ? 'create.project.changed' : 'create.project.saved')}</span>
    </p>
  )
}

function Counts({ summary: { files, directories: folders, contentBytes } }: { summary: StagedSummary }) {
  return (
    <p className={css.counts}>
      {folders > 0 ? say('common.files-in-folders', { files, folders }) : say('common.files', { count: files })} ·{' '}
      <Size bytes={contentBytes} />
    </p>
  )
}

function Empty() {
  return (
    <div className={css.empty} data-folder="/">
      <FolderTree size={56} strokeWidth={1} aria-hidden className={css.emptySign} />
      <h2 className={css.emptyTitle}>{say('create.empty')}</h2>
      <p className={css.emptyWords}>{say('create.empty.lead')}</p>
      <div className={css.emptyActions}>
        <Button look="primary" large onPress={() => void pickToStage('folder')}>
          <FolderInput size={18} aria-hidden /> {say('create.add-folder')}
        </Button>
        <Button large onPress={() => void pickToStage('files')}>
          <FilePlus2 size={18} aria-hidden /> {say('create.add-files')}
        </Button>
      </div>
    </div>
  )
}

function Scanning({ items, current }: { items: number; current: string }) {
  return (
    <div className={css.scanning}>
      <p className={css.scanWords}>
        <strong>{say('create.reading', { count: items })}</strong>
        <Path className={css.scanCurrent}>{current}</Path>
      </p>
      <ProgressLine thin label={say('create.reading.label')} fraction={null} />
    </div>
  )
}

function Skipped({ summary }: { summary: StagedSummary }) {
  const count = summary.skipped.length
  return (
    <div className={css.skipped}>
      <Folded headingLevel={2} title={say('create.skipped', { count })}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled list must be reachable by keyboard */}
        <ul className={css.skippedList} tabIndex={0} aria-label={say('create.skipped.label')}>
          {summary.skipped.map(({ path, reason }) => (
            <li key={path}>
              <Path className={css.skippedPath}>{path}</Path>
              <span>{fromEngine(visibleName(reason))}</span>
            </li>
          ))}
        </ul>
      </Folded>
    </div>
  )
}
