import { useEffect } from 'react'
import { formatDay } from '../../../shared/format.ts'
import type { TrustedKey } from '../../../shared/verify.ts'
import { Badge } from '../../design/Badge.tsx'
import { Button } from '../../design/Button.tsx'
import { Folded } from '../../design/Folded.tsx'
import { Name } from '../../design/Name.tsx'
import { useVerifying } from '../../stores/verifying.ts'
import css from './TrustedKeys.module.css'
import { groupedFingerprint } from './verdict-words.ts'

/** The keys that count as proof; kept by Isomer alone. */
export function TrustedKeys() {
  const keys = useVerifying((state) => state.keys)
  const loadKeys = useVerifying((state) => state.loadKeys)
  useEffect(() => void loadKeys(), [loadKeys])
  if (keys === null) return null
  return (
    <Folded bare headingLevel={2} title={`Keys you trust (${keys.length})`}>
      <div className={css.inset}>
        <TrustedKeyList keys={keys} />
      </div>
    </Folded>
  )
}

export function TrustedKeyList({ keys }: { keys: readonly TrustedKey[] }) {
  if (keys.length === 0)
    return <p className={css.none}>None yet. A key that comes with an image is shown here to be compared, before you trust it.</p>
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
          <Name>{owner || 'Nobody'}</Name>
          {isRevoked && <Badge tone="bad">Withdrawn</Badge>}
          {hasExpired && <Badge tone="caution">Expired</Badge>}
        </p>
        <code className={css.fingerprint}>{groupedFingerprint(fingerprint)}</code>
        <span className={css.muted}>Trusted since {formatDay(trustedSinceMs)}</span>
      </div>
      <Button aria-label={`Trust ${owner} no longer`} onPress={() => void forgetKey(fingerprint)}>
        Trust no longer
      </Button>
    </li>
  )
}
