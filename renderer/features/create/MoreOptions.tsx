import { useEffect, useState } from 'react'
import { type CreateOptions, fileSystemKinds, type IsoLevel, type UdfRevisionName } from '../../../shared/image-project.ts'
import type { StagedSummary } from '../../../shared/staging.ts'
import { CheckLine, type Choice, RadioCards } from '../../design/Choices.tsx'
import { Field } from '../../design/Field.tsx'
import { Folded } from '../../design/Folded.tsx'
import { setOptions } from '../../stores/staging.ts'
import { say } from '../../words/say.ts'
import { fileSystemTitles } from './change-words.ts'
import css from './Decisions.module.css'
import { patternsOf, patternsProblem } from './exclude-patterns.ts'
import { isLastOne, withFileSystem } from './file-system-choice.ts'

const LEVELS = ['1', '2', '3', '4'] as const
const REVISIONS = ['1.02', '1.50', '2.01', '2.50', '2.60'] as const
const EXCLUDED_FOR_EXAMPLE = '*.tmp\nnode_modules'

const levelChoices = (): readonly Choice<`${IsoLevel}`>[] =>
  LEVELS.map((key) => ({
    key,
    title: say('create.iso-level.title', { level: key }),
    detail: say(`create.iso-level.${key}.detail`),
  }))

const revisionChoices = (): readonly Choice<UdfRevisionName>[] =>
  REVISIONS.map((key) => ({
    key,
    title: say('create.udf-revision.title', { revision: key }),
    detail: say(`create.udf-revision.${key}.detail`),
  }))

interface Props {
  readonly options: CreateOptions
  readonly summary: StagedSummary
}

/** What most people never need. */
export function MoreOptions({ options, summary }: Props) {
  return (
    <Folded title={say('create.more')} headingLevel={2}>
      <div className={css.more}>
        <FileSystems options={options} summary={summary} />
        {options.fileSystems.includes('iso9660') && (
          <RadioCards
            compact
            label={say('create.iso-level')}
            choices={levelChoices()}
            value={`${options.isoLevel}`}
            onChange={(key) => void setOptions({ isoLevel: Number(key) as IsoLevel })}
          />
        )}
        {summary.fileSystems.includes('udf') && (
          <RadioCards
            compact
            label={say('create.udf-revision')}
            choices={revisionChoices()}
            value={options.udfRevision}
            onChange={(udfRevision) => void setOptions({ udfRevision })}
          />
        )}
        <ExcludeField options={options} />
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset's legend can't be laid out */}
        <div role="group" aria-label={say('create.more.making')} className={css.checks}>
          <CheckLine
            title={say('create.more.sha256')}
            detail={say('create.more.sha256.detail')}
            isSelected={options.sha256}
            onChange={(sha256) => void setOptions({ sha256 })}
          />
          <CheckLine
            title={say('create.more.reproducible')}
            detail={say('create.more.reproducible.detail')}
            isSelected={options.reproducible}
            onChange={(reproducible) => void setOptions({ reproducible })}
          />
          {options.fileSystems.includes('iso9660') && (
            <CheckLine
              title={say('create.more.md5')}
              detail={say('create.more.md5.detail')}
              isSelected={options.implantMd5}
              onChange={(implantMd5) => void setOptions({ implantMd5 })}
            />
          )}
          <CheckLine
            title={say('create.more.skip')}
            detail={say('create.more.skip.detail')}
            isSelected={options.unreadable === 'skip'}
            onChange={(isSkipping) => void setOptions({ unreadable: isSkipping ? 'skip' : 'stop' })}
          />
        </div>
      </div>
    </Folded>
  )
}

function FileSystems({ options, summary }: Props) {
  const { fileSystems } = options
  const isAdded = summary.fileSystems.includes('udf') && !fileSystems.includes('udf')
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's legend can't be laid out
    <div role="group" aria-label={say('create.file-systems')} className={css.checks}>
      <h3>{say('create.file-systems')}</h3>
      {fileSystemKinds.map((kind) => (
        <CheckLine
          key={kind}
          title={fileSystemTitles[kind]}
          detail={say(`create.file-system.${kind}.detail`)}
          isSelected={fileSystems.includes(kind)}
          isDisabled={isLastOne(fileSystems, kind)}
          onChange={(isOn) => void setOptions({ fileSystems: withFileSystem(fileSystems, kind, isOn) })}
        />
      ))}
      {!fileSystems.includes('udf') && (
        <CheckLine
          title={say('create.more.udf-large')}
          detail={say(isAdded ? 'create.more.udf-large.added' : 'create.more.udf-large.if')}
          isSelected={options.udfForLargeFiles}
          onChange={(udfForLargeFiles) => void setOptions({ udfForLargeFiles })}
        />
      )}
      {fileSystems.includes('joliet') && (
        <CheckLine
          title={say('create.more.joliet-long')}
          detail={say('create.more.joliet-long.detail')}
          isSelected={options.jolietUnits === 103}
          onChange={(isLong) => void setOptions({ jolietUnits: isLong ? 103 : 64 })}
        />
      )}
      {summary.fileSystems.includes('udf') && !fileSystems.includes('iso9660') && (
        <CheckLine
          title={say('create.more.udf-links')}
          detail={say('create.more.udf-links.detail')}
          isSelected={options.udfLinks}
          onChange={(udfLinks) => void setOptions({ udfLinks })}
        />
      )}
      <CheckLine
        title={say('create.more.dvd-video')}
        detail={say('create.more.dvd-video.detail')}
        isSelected={options.dvdVideo}
        onChange={(dvdVideo) => void setOptions({ dvdVideo })}
      />
    </div>
  )
}

function ExcludeField({ options }: { options: CreateOptions }) {
  const set = options.exclude.join('\n')
  const [text, setText] = useState(set)
  useEffect(() => setText(set), [set])
  const problem = patternsProblem(text)
  const send = () => {
    const exclude = patternsOf(text)
    if (problem === null && exclude.join('\n') !== set) void setOptions({ exclude })
  }
  return (
    <Field
      label={say('create.exclude')}
      rows={3}
      fixedWidth
      value={text}
      onChange={setText}
      onBlur={send}
      placeholder={EXCLUDED_FOR_EXAMPLE}
      hint={say('create.exclude.hint')}
      wrong={problem ?? undefined}
    />
  )
}
