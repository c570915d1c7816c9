/** What the two sides agree on at the beginning (RFC 7143, 6.3, 13): no authentication, no digests, one connection. */
import { parseKeys } from './iscsi-message.ts'

/** Data we take in one message. */
export const OUR_SEGMENT_BYTES = 262_144
const MAX_BURST_BYTES = 262_144
const FIRST_BURST_BYTES = 65_536
const SECURITY_STAGE = 0
const OPERATIONAL_STAGE = 1

export interface SessionParameters {
  /** Data they take in one message. */
  theirSegmentBytes: number
  /** Data that they send after one “ready to transfer”. */
  maxBurstBytes: number
}

export const defaultParameters = (): SessionParameters => ({ theirSegmentBytes: 8192, maxBurstBytes: MAX_BURST_BYTES })

/** Answers that are always the same, to keys that were asked. */
const fixed: Readonly<Record<string, string>> = {
  HeaderDigest: 'None',
  DataDigest: 'None',
  InitialR2T: 'Yes',
  DataPDUInOrder: 'Yes',
  DataSequenceInOrder: 'Yes',
  IFMarker: 'No',
  OFMarker: 'No',
  MaxConnections: '1',
  MaxOutstandingR2T: '1',
  ErrorRecoveryLevel: '0',
  DefaultTime2Retain: '0',
}
/** Answers that repeat what was asked. */
const echoed = ['ImmediateData', 'DefaultTime2Wait']
/** Answers that are the smaller of two numbers. */
const least: Readonly<Record<string, number>> = { MaxBurstLength: MAX_BURST_BYTES, FirstBurstLength: FIRST_BURST_BYTES }

export interface LoginAnswer {
  readonly keys: ReadonlyMap<string, string>
  /** False when another target was asked for. */
  readonly isOurs: boolean
}

/** Answers one message of a login, and notes what it settles. */
export function negotiate(data: Buffer, stage: number, targetName: string, parameters: SessionParameters): LoginAnswer {
  const asked = parseKeys(data)
  const keys = new Map<string, string>()
  if (stage === SECURITY_STAGE) keys.set('AuthMethod', 'None')
  for (const [key, value] of asked) {
    const fixedValue = fixed[key]
    const ours = least[key]
    if (fixedValue !== undefined) keys.set(key, fixedValue)
    else if (echoed.includes(key)) keys.set(key, value)
    else if (ours !== undefined) keys.set(key, String(Math.min(ours, Number(value))))
  }
  parameters.theirSegmentBytes = Number(asked.get('MaxRecvDataSegmentLength') ?? parameters.theirSegmentBytes)
  parameters.maxBurstBytes = Number(keys.get('MaxBurstLength') ?? parameters.maxBurstBytes)
  if (stage === OPERATIONAL_STAGE) keys.set('MaxRecvDataSegmentLength', String(OUR_SEGMENT_BYTES))
  const wanted = asked.get('TargetName')
  if (wanted !== undefined) keys.set('TargetPortalGroupTag', '1')
  return { keys, isOurs: wanted === undefined || wanted === targetName }
}
