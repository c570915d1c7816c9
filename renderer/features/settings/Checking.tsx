import { CheckLine } from '../../design/Choices.tsx'
import { useSettings } from '../../stores/settings.ts'

export function Checking() {
  const values = useSettings((state) => state.values)
  const change = useSettings((state) => state.change)
  if (!values) return null
  return (
    <>
      <CheckLine
        title="Read discs and sticks back and compare"
        detail="Takes as long again, and is the only proof that a disc can be read. Each burn can decide otherwise."
        isSelected={values.verifyWritten}
        onChange={(verifyWritten) => void change({ verifyWritten })}
      />
      <CheckLine
        title="Read a new image again and compare it with what was written"
        detail="A second job after the first; it needs the SHA-256, which is computed unless you turn it off for an image."
        isSelected={values.verifyMade}
        onChange={(verifyMade) => void change({ verifyMade })}
      />
    </>
  )
}
