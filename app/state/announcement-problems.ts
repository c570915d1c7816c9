/** Why it can't be told which version is the newest, each in its own sentence. */
import { Problem } from '../../shared/problem.ts'
import { hostOf } from './announcement-address.ts'

export function outOfReach(url: string, technical: string): Problem {
  return new Problem({
    kind: 'io',
    code: 'updates-out-of-reach',
    message: `Whether there is a newer version could not be found out: ‘${hostOf(url)}’ could not be reached.`,
    advice: 'Check the connection, then look again.',
    technical,
  })
}

export function tooLate(url: string): Problem {
  return new Problem({
    kind: 'io',
    code: 'updates-too-late',
    message: `Whether there is a newer version could not be found out: ‘${hostOf(url)}’ did not answer in time.`,
    advice: 'Look again later.',
  })
}

/** For answers other than a plain yes; who sends on elsewhere is not followed. */
export function notAnnounced(url: string, technical: string): Problem {
  return new Problem({
    kind: 'io',
    code: 'updates-not-announced',
    message: `Whether there is a newer version could not be found out: ‘${hostOf(url)}’ did not say.`,
    advice: 'Look again later.',
    technical,
  })
}

export function notUnderstood(url: string, technical: string): Problem {
  return new Problem({
    kind: 'io',
    code: 'updates-not-understood',
    message: `Whether there is a newer version could not be found out: what ‘${hostOf(url)}’ answered is no announcement of a version.`,
    advice: 'Look again later.',
    technical,
  })
}

export function nobodyToAsk(): Problem {
  return new Problem({
    kind: 'usage',
    code: 'updates-nowhere',
    message: 'This copy of Isomer names no place where new versions are announced.',
  })
}
