import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import type { KeyFacts, PublishedKey } from '../../../shared/verify.ts'
import { Button } from '../../design/Button.tsx'
import { CopyButton } from '../../design/CopyButton.tsx'
import { Path } from '../../design/Path.tsx'
import { visibleName } from '../../design/visible-name.ts'
import { useVerifying } from '../../stores/verifying.ts'
import { formatDay } from '../../words/amounts.ts'
import { fromEngine } from '../../words/from-engine.ts'
import { say, sayNodes } from '../../words/say.ts'
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
    <section className={css.card} aria-label={say('verify.key.label', { owner: visibleName(owner) })}>
      <h2 className={css.title}>
        <KeyRound size={18} aria-hidden /> {say('verify.key.question')}
      </h2>
      <p>
        {sayNodes('verify.key.says', {
          b: (chunks) => <strong>{chunks}</strong>,
          owner: visibleName(owner) || say('verify.key.nobody'),
          algorithm,
          day: formatDay(createdMs),
        })}
      </p>
      <p className={css.fingerprint}>
        <code>{groupedFingerprint(fingerprint)}</code>
        <CopyButton text={fingerprint} label={say('verify.key.copy')} />
      </p>
      <p>{publisher === null ? say('verify.key.unpublished') : publishedWords(publisher)}</p>
      <div className={css.actions}>
        <Button look="primary" isDisabled={isBusy} onPress={() => void onTrust()}>
          {say('verify.key.trust')}
        </Button>
      </div>
    </section>
  )
}

const publishedWords = ({ maker, source, use }: PublishedKey) =>
  sayNodes('verify.key.published', { maker, use: fromEngine(use), source: <Path>{source}</Path> })
