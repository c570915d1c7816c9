/** Ways into Verify from elsewhere. */
import { answerOf } from '../../stores/notices.ts'
import { usePlaces } from '../../stores/places.ts'
import { useVerifying } from '../../stores/verifying.ts'

/** Verifies an image, or what else was brought of it, in its own place. */
export async function verifySources(tokens: readonly string[]): Promise<void> {
  usePlaces.getState().go('verify')
  await useVerifying.getState().bring(tokens)
}

/** Shows the system's dialog and verifies what was chosen. */
export async function pickToVerify(): Promise<void> {
  const sources = await answerOf(window.isomer.sources.pick({ what: 'files' }))
  if (sources && sources.length > 0) await verifySources(sources.map(({ token }) => token))
}
