import { useEffect, useState } from 'react'
import type { CreateOptions } from '../../../shared/image-project.ts'
import { Field } from '../../design/Field.tsx'
import { setOptions } from '../../stores/staging.ts'
import { say } from '../../words/say.ts'
import { labelAdvice } from './label-advice.ts'

const SETTLE_MS = 350

interface Props {
  readonly options: CreateOptions
  /** What stands in when nothing is typed. */
  readonly derivedLabel: string
}

/** The volume label; sent when typing pauses, and only when it is allowed. */
export function LabelField({ options, derivedLabel }: Props) {
  const [typed, setTyped] = useState(options.label ?? '')
  useEffect(() => setTyped(options.label ?? ''), [options.label])
  const advice = labelAdvice(typed, options.fileSystems)
  const wanted = typed.trim() === '' ? null : typed.trim()
  useEffect(() => {
    if (!advice.isAllowed || wanted === options.label) return
    const timer = setTimeout(() => void setOptions({ label: wanted }), SETTLE_MS)
    return () => clearTimeout(timer)
  }, [advice.isAllowed, wanted, options.label])
  return (
    <Field
      label={say('create.label')}
      value={typed}
      onChange={setTyped}
      placeholder={derivedLabel}
      hint={advice.text}
      wrong={advice.isAllowed ? undefined : advice.text}
    />
  )
}
