import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import type { StagedRow } from '../../../shared/staging.ts'
import { isFolder } from '../../stores/staged-rows.ts'
import { say } from '../../words/say.ts'
import { nameProblem, stemLength } from './entry-name.ts'
import css from './StagedTree.module.css'

interface Props {
  readonly row: Pick<StagedRow, 'name' | 'path' | 'type'>
  readonly siblings: readonly Pick<StagedRow, 'name' | 'path'>[]
  /** Null when it was given up. */
  readonly onDone: (name: string | null) => void
}

/** A name being edited in its row: Enter keeps it, Escape doesn't. To be keyed by the path. */
export function RenameField({ row, siblings, onDone }: Props) {
  const input = useRef<HTMLInputElement>(null)
  const isDone = useRef(false)
  const problemId = useId()
  const [name, setName] = useState(row.name)
  const problem = nameProblem(name, row.path, siblings)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once; a list that is read anew must not select what was typed
  useEffect(() => {
    input.current?.focus()
    input.current?.setSelectionRange(0, stemLength(row.name, isFolder(row)))
  }, [])
  const finish = (wanted: string | null) => {
    if (isDone.current) return
    isDone.current = true
    onDone(wanted)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation()
    if (event.key === 'Escape') finish(null)
    else if (event.key === 'Enter' && problem === null) finish(name)
  }
  return (
    <span className={css.renaming}>
      <input
        ref={input}
        className={css.renameInput}
        aria-label={say('create.name.new-of', { name: row.name })}
        dir="auto"
        aria-invalid={problem !== null}
        aria-describedby={problem === null ? undefined : problemId}
        value={name}
        onChange={(event) => setName(event.target.value)}
        onKeyDown={onKeyDown}
        onBlur={() => finish(problem === null ? name : null)}
        onClick={(event) => event.stopPropagation()}
        onDoubleClick={(event) => event.stopPropagation()}
      />
      {problem !== null && (
        <span id={problemId} role="alert" className={css.renameProblem}>
          {problem}
        </span>
      )}
    </span>
  )
}
