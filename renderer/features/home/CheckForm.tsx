import { type FormEvent, useState } from 'react'
import { Button } from '../../design/Button.tsx'
import { Field } from '../../design/Field.tsx'
import { useJobs } from '../../stores/jobs.ts'
import { answerOf } from '../../stores/notices.ts'
import { usePlaces } from '../../stores/places.ts'
import { readExpectedSha256 } from './expected-sha256.ts'
import css from './GlanceCard.module.css'

/** Checking an image against a pasted value, or just computing its own. */
export function CheckForm({ token }: { token: string }) {
  const [pasted, setPasted] = useState('')
  const { hex, problem } = readExpectedSha256(pasted)
  const check = async (event: FormEvent) => {
    event.preventDefault()
    if (problem !== null) return
    const started = await answerOf(window.isomer.images.verify({ token, expectedSha256: hex }))
    if (!started) return
    useJobs.getState().open(started.jobId)
    usePlaces.getState().go('jobs')
  }
  return (
    <form className={css.check} onSubmit={(event) => void check(event)}>
      <Field
        label="What it should be"
        value={pasted}
        onChange={setPasted}
        fixedWidth
        placeholder="Paste the published SHA-256, or leave it empty"
        hint={hex === null ? 'Left empty, the SHA-256 of the image is computed and shown.' : 'The image will be compared with this value.'}
        wrong={problem ?? undefined}
      />
      <Button type="submit" isDisabled={problem !== null}>
        {hex === null ? 'Compute SHA-256' : 'Compare'}
      </Button>
    </form>
  )
}
