import { useEffect } from 'react'
import { useVerifying } from '../../stores/verifying.ts'
import { TrustedKeyList } from '../verify/TrustedKeys.tsx'

export function TrustedKeysSetting() {
  const keys = useVerifying((state) => state.keys)
  const loadKeys = useVerifying((state) => state.loadKeys)
  useEffect(() => void loadKeys(), [loadKeys])
  return keys && <TrustedKeyList keys={keys} />
}
