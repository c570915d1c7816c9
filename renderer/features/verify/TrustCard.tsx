import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import { formatDay } from '../../../shared/format.ts'
import type { KeyFacts, PublishedKey } from '../../../shared/verify.ts'
import { Button } from '../../design/Button.tsx'
import { CopyButton } from '../../design/CopyButton.tsx'
import { visibleName } from '../../design/visible-name.ts'
import { useVerifying } from '../../stores/verifying.ts'
import css from './TrustCard.module.css'
import { groupedFingerprint } from './verdict-words.ts'

/** A key that came along: what somebody must compare before trusting it. */
export function TrustCard({ keyFacts, publisher }: { keyFacts: KeyFacts; publisher: PublishedKey | null }) {
  const trust = useVerifying((state) => state.trust)
  const [isBusy, setBusy] = useState(false)
  const { fingerprint, owner, algorithm, createdMs } = keyFacts
  const onTrust = async () => {
    setBusy(true)
    await trust(fingerprint)
    setBusy(false)
  }
  return (
    <section className={css.card} aria-label={`Key of ${visibleName(owner)}`}>
      <h2 className={css.title}>
        <KeyRound size={18} aria-hidden /> Do you trust this key?
      </h2>
      <p>
        It says that it belongs to <strong>{visibleName(owner) || 'nobody'}</strong> ({algorithm}, made on {formatDay(createdMs)}). It came
        along with the image, so compare its fingerprint first:
      </p>
      <p className={css.fingerprint}>
        <code>{groupedFingerprint(fingerprint)}</code>
        <CopyButton text={fingerprint} label="Copy the fingerprint" />
      </p>
      <p>{publisher === null ? UNKNOWN : publishedWords(publisher)}</p>
      <div className={css.actions}>
        <Button look="primary" isDisabled={isBusy} onPress={() => void onTrust()}>
          I compared it: trust this key
        </Button>
      </div>
    </section>
  )
}

const UNKNOWN =
  'It is none of the keys that Isomer knows to be published. Look it up on the makers’ own site, not where the image came from.'

const publishedWords = ({ maker, source, use }: PublishedKey): string =>
  `${maker} publishes exactly this fingerprint for ${use}, as far as Isomer knows. See for yourself: ${source}`
