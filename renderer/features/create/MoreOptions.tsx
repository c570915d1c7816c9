import { useEffect, useState } from 'react'
import { type CreateOptions, type FileSystemKind, fileSystemKinds, type IsoLevel } from '../../../shared/image-project.ts'
import { CheckLine, RadioCards } from '../../design/Choices.tsx'
import { Field } from '../../design/Field.tsx'
import { Folded } from '../../design/Folded.tsx'
import { setOptions } from '../../stores/staging.ts'
import css from './Decisions.module.css'
import { patternsOf, patternsProblem } from './exclude-patterns.ts'

const fileSystemWords: Readonly<Record<FileSystemKind, { title: string; detail: string }>> = {
  iso9660: { title: 'ISO 9660', detail: 'The base that every reader knows; always there.' },
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

/** What most people never need. */
export function MoreOptions({ options }: { options: CreateOptions }) {
  const setFileSystem = (kind: FileSystemKind, isOn: boolean) => {
    const wanted = new Set(options.fileSystems)
    if (isOn) wanted.add(kind)
    else wanted.delete(kind)
    void setOptions({ fileSystems: fileSystemKinds.filter((known) => wanted.has(known)) })
  }
  return (
    <Folded title="More" headingLevel={2}>
      <div className={css.more}>
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset's legend can't be laid out */}
        <div role="group" aria-label="File systems" className={css.checks}>
          <h3>File systems</h3>
          {fileSystemKinds.map((kind) => (
            <CheckLine
              key={kind}
              {...fileSystemWords[kind]}
              isSelected={options.fileSystems.includes(kind)}
              isDisabled={kind === 'iso9660'}
              onChange={(isOn) => setFileSystem(kind, isOn)}
            />
          ))}
        </div>
        <RadioCards
          label="ISO 9660 level"
          choices={levels}
          value={`${options.isoLevel}`}
          onChange={(key) => void setOptions({ isoLevel: Number(key) as IsoLevel })}
        />
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
