import { useEffect } from 'react'
import type { TrustedKey } from '../../../shared/verify.ts'
import { Badge } from '../../design/Badge.tsx'
import { Button } from '../../design/Button.tsx'
import { Folded } from '../../design/Folded.tsx'
import { Name } from '../../design/Name.tsx'
import { useVerifying } from '../../stores/verifying.ts'
import { formatDay } from '../../words/amounts.ts'
import { say } from '../../words/say.ts'
import css from './TrustedKeys.module.css'
import { groupedFingerprint } from './verdict-words.ts'

/** The keys that count as proof; kept by Isomer alone. */
export function TrustedKeys() {
  const keys = useVerifying((state) => state.keys)
  const loadKeys = useVerifying((state) => state.loadKeys)
  useEffect(() => void loadKeys(), [loadKeys])
  if (keys === null) return null
  return (
    <Folded bare headingLevel={2} title={say('verify.keys', { count: keys.length })}>
      <div className={css.inset}>
        <TrustedKeyList keys={keys} />
      </div>
    </Folded>
  )
}

export function TrustedKeyList({ keys }: { keys: readonly TrustedKey[] }) {
  if (keys.length === 0) return <p className={css.none}>{say('verify.keys.none')}</p>
  return (
    <ul className={css.list}>
      {keys.map((key) => (
        <KeyLine key={key.fingerprint} trusted={key} />
      ))}
    </ul>
  )
}

function KeyLine({ trusted }: { trusted: TrustedKey }) {
  const forgetKey = useVerifying((state) => state.forgetKey)
  const { fingerprint, owner, trustedSinceMs, isRevoked, expiresMs } = trusted
  const hasExpired = expiresMs !== null && expiresMs < Date.now()
  return (
    <li className={css.key}>
      <div className={css.words}>
        <p className={css.owner}>
          <Name>{owner || say('verify.keys.nobody')}</Name>
          {isRevoked && <Badge tone="bad">{say('verify.keys.withdrawn')}</Badge>}
          {hasExpired && <Badge tone="caution">{say('verify.keys.expired')}</Badge>}
        </p>
        <code className={css.fingerprint}>{groupedFingerprint(fingerprint)}</code>
        <span className={css.muted}>{say('verify.keys.since', { day: formatDay(trustedSinceMs) })}</span>
      </div>
      <Button aria-label={say('verify.keys.forget.label', { owner })} onPress={() => void forgetKey(fingerprint)}>
        {say('verify.keys.forget')}
      </Button>
    </li>
  )
}
