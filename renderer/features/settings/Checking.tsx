import { CheckLine } from '../../design/Choices.tsx'
import { useSettings } from '../../stores/settings.ts'
import { say } from '../../words/say.ts'

export function Checking() {
  const values = useSettings((state) => state.values)
  const change = useSettings((state) => state.change)
  if (!values) return null
  return (
    <>
      <CheckLine
        title={say('settings.verify-written')}
        detail={say('settings.verify-written.detail')}
        isSelected={values.verifyWritten}
        onChange={(verifyWritten) => void change({ verifyWritten })}
      />
      <CheckLine
        title={say('settings.verify-made')}
        detail={say('settings.verify-made.detail')}
        isSelected={values.verifyMade}
        onChange={(verifyMade) => void change({ verifyMade })}
      />
    </>
  )
}
