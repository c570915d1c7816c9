import { useEffect, useState } from 'react'
import {
  type CreateOptions,
  type FileSystemKind,
  fileSystemKinds,
  type IsoLevel,
  type UdfRevisionName,
} from '../../../shared/image-project.ts'
import type { StagedSummary } from '../../../shared/staging.ts'
import { CheckLine, type Choice, RadioCards } from '../../design/Choices.tsx'
import { Field } from '../../design/Field.tsx'
import { Folded } from '../../design/Folded.tsx'
import { setOptions } from '../../stores/staging.ts'
import css from './Decisions.module.css'
import { patternsOf, patternsProblem } from './exclude-patterns.ts'
import { isLastOne, withFileSystem } from './file-system-choice.ts'

const fileSystemWords: Readonly<Record<FileSystemKind, { title: string; detail: string }>> = {
  iso9660: { title: 'ISO 9660', detail: 'The base that every reader knows; Joliet and Rock Ridge stand on it.' },
  joliet: { title: 'Joliet', detail: 'Long names in any script, for Windows.' },
  rockridge: { title: 'Rock Ridge', detail: 'Modes, owners and links, for Linux and Unix.' },
  udf: { title: 'UDF', detail: 'Long names and files of any size, for all newer systems and players.' },
}

const levels: readonly { key: `${IsoLevel}`; title: string; detail: string }[] = [
  { key: '1', title: 'Level 1', detail: 'Names of 8 and 3 capitals, files under 4 GiB.' },
  { key: '2', title: 'Level 2', detail: 'Names of 31 characters, files under 4 GiB.' },
  { key: '3', title: 'Level 3', detail: 'Names of 31 characters, files of any size.' },
  { key: '4', title: 'Level 4', detail: 'Level 3, and a second tree with names of 207 bytes (ISO 9660:1999).' },
]

const revisions: readonly Choice<UdfRevisionName>[] = [
  { key: '1.02', title: 'UDF 1.02', detail: 'Read by everything that reads UDF; DVDs have it.' },
  { key: '1.50', title: 'UDF 1.50', detail: 'Read by systems since 2000.' },
  { key: '2.01', title: 'UDF 2.01', detail: 'Read by systems since 2001.' },
  { key: '2.50', title: 'UDF 2.50', detail: 'Its folders are stored twice; Blu-rays have it.' },
  { key: '2.60', title: 'UDF 2.60', detail: 'As 2.50; read by the newest systems alone.' },
]

interface Props {
  readonly options: CreateOptions
  readonly summary: StagedSummary
}

/** What most people never need. */
export function MoreOptions({ options, summary }: Props) {
  return (
    <Folded title="More" headingLevel={2}>
      <div className={css.more}>
        <FileSystems options={options} summary={summary} />
        {options.fileSystems.includes('iso9660') && (
          <RadioCards
            compact
            label="ISO 9660 level"
            choices={levels}
            value={`${options.isoLevel}`}
            onChange={(key) => void setOptions({ isoLevel: Number(key) as IsoLevel })}
          />
        )}
        {summary.fileSystems.includes('udf') && (
          <RadioCards
            compact
            label="UDF revision"
            choices={revisions}
            value={options.udfRevision}
            onChange={(udfRevision) => void setOptions({ udfRevision })}
          />
        )}
        <ExcludeField options={options} />
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset's legend can't be laid out */}
        <div role="group" aria-label="Making" className={css.checks}>
          <CheckLine
            title="Compute SHA-256"
            detail="In the same pass as writing."
            isSelected={options.sha256}
            onChange={(sha256) => void setOptions({ sha256 })}
          />
          <CheckLine
            title="Reproducible"
            detail="The same files always give the same image, byte for byte."
            isSelected={options.reproducible}
            onChange={(reproducible) => void setOptions({ reproducible })}
          />
          {options.fileSystems.includes('iso9660') && (
            <CheckLine
              title="Implant an MD5"
              detail="For checkisomd5 and the media checks of installers. Every source is read twice."
              isSelected={options.implantMd5}
              onChange={(implantMd5) => void setOptions({ implantMd5 })}
            />
          )}
          <CheckLine
            title="Leave out what can’t be read"
            detail="Listed afterwards. Otherwise the job stops there."
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
    <div role="group" aria-label="File systems" className={css.checks}>
      <h3>File systems</h3>
      {fileSystemKinds.map((kind) => (
        <CheckLine
          key={kind}
          {...fileSystemWords[kind]}
          isSelected={fileSystems.includes(kind)}
          isDisabled={isLastOne(fileSystems, kind)}
          onChange={(isOn) => void setOptions({ fileSystems: withFileSystem(fileSystems, kind, isOn) })}
        />
      ))}
      {!fileSystems.includes('udf') && (
        <CheckLine
          title="UDF for files over 4 GiB"
          detail={isAdded ? 'Added: there is such a file.' : 'Added when there is such a file.'}
          isSelected={options.udfForLargeFiles}
          onChange={(udfForLargeFiles) => void setOptions({ udfForLargeFiles })}
        />
      )}
      {fileSystems.includes('joliet') && (
        <CheckLine
          title="Longer Joliet names"
          detail="103 letters, which Windows and Linux read, instead of 64."
          isSelected={options.jolietUnits === 103}
          onChange={(isLong) => void setOptions({ jolietUnits: isLong ? 103 : 64 })}
        />
      )}
      {summary.fileSystems.includes('udf') && !fileSystems.includes('iso9660') && (
        <CheckLine
          title="Links and devices in UDF"
          detail="For Linux and macOS; 7-Zip opens no such image."
          isSelected={options.udfLinks}
          onChange={(udfLinks) => void setOptions({ udfLinks })}
        />
      )}
      <CheckLine
        title="DVD-Video"
        detail="VIDEO_TS lies where players look for it."
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
      label="Leave out"
      rows={3}
      fixedWidth
      value={text}
      onChange={setText}
      onBlur={send}
      placeholder={'*.tmp\nnode_modules'}
      hint="One name or pattern a line."
      wrong={problem ?? undefined}
    />
  )
}
