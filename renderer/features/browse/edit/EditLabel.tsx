import { useEffect, useState } from 'react'
import { fileSystemKinds } from '../../../../shared/image-project.ts'
import { Field } from '../../../design/Field.tsx'
import { useEditState, useSession } from '../../../stores/browse-current.ts'
import { say } from '../../../words/say.ts'
import { labelAdvice } from '../../create/label-advice.ts'

/** The volume label as it will be. What was typed counts at once: whoever saves right after means it. */
export function EditLabel() {
  const { edit, image } = useSession()
  const label = useEditState((state) => state.label)
  const [typed, setTyped] = useState(label ?? image.label)
  const kinds = fileSystemKinds.filter((kind) => image.views.some((view) => view.kind === kind))
  const isKept = typed.trim() === '' || typed.trim() === image.label
  const advice = isKept ? { isAllowed: true, text: say('edit.label.kept') } : labelAdvice(typed, kinds)
  const wanted = isKept ? null : typed.trim()
  useEffect(() => void edit.setLabel(wanted, advice.isAllowed), [edit, wanted, advice.isAllowed])
  return (
    <Field
      label={say('edit.label')}
      value={typed}
      onChange={setTyped}
      placeholder={image.label}
      hint={advice.text}
      wrong={advice.isAllowed ? undefined : advice.text}
    />
  )
}
