/** What is said when an image can't be mounted or let go. */
import { Problem } from '../../shared/problem.ts'
import type { Holder } from './linux/holders.ts'
import type { ImageContent, MountRefused } from './mount-adapter.ts'

/** Why no way of mounting did; `refusals` has one for each that was tried. */
export function cannotMount(imagePath: string, content: ImageContent, refusals: readonly MountRefused[]): Problem {
  const technical = refusals.map(({ method, technical }) => `${method}: ${technical}`).join('\n')
  const some = (kind: MountRefused['kind']) => refusals.some((refusal) => refusal.kind === kind)
  const base = { kind: 'io' as const, kept: 'Nothing was mounted.', technical }
  if (some('forbidden')) {
    const couldInstallFuse = content.hasIso9660 && refusals.some(({ method, kind }) => method === 'fuseiso' && kind === 'missing')
    return new Problem({
      ...base,
      code: 'mount-forbidden',
      message: `The system does not let this user mount ‘${imagePath}’.`,
      advice: couldInstallFuse
        ? 'Open or extract it in Isomer instead, install fuseiso, or ask the administrator for the right to set up loop devices (polkit: org.freedesktop.udisks2.loop-setup).'
        : 'Open or extract it in Isomer instead, or ask the administrator for the right to set up loop devices (polkit: org.freedesktop.udisks2.loop-setup).',
    })
  }
  if (!content.hasIso9660 && refusals.every(({ kind }) => kind === 'missing' || kind === 'unsuitable'))
    return new Problem({
      ...base,
      code: 'mount-udf-needs-kernel',
      message: `‘${imagePath}’ holds UDF only, and no program installed here can mount that for this user.`,
      advice: 'Open or extract it in Isomer instead, or install udisks2.',
    })
  if (some('unknown-file-system'))
    return new Problem({
      ...base,
      code: 'mount-unknown-file-system',
      message: `The system finds no file system that it knows in ‘${imagePath}’.`,
      advice: 'Open or extract it in Isomer instead; it reads more than the system does.',
    })
  if (refusals.every(({ kind }) => kind === 'missing' || kind === 'unsuitable'))
    return new Problem({
      ...base,
      code: 'mount-tools-missing',
      message: 'No program that mounts images is installed.',
      advice: 'Install udisks2 or fuseiso, or open the image in Isomer.',
    })
  const advice = 'Open or extract it in Isomer instead.'
  return new Problem({ ...base, code: 'mount-failed', message: `‘${imagePath}’ could not be mounted.`, advice })
}

const SHOWN_HOLDERS = 5

function inUseSentence(mountPoint: string, holders: readonly Holder[]): string {
  if (holders.length === 0) return `‘${mountPoint}’ is in use.`
  const names = holders
    .slice(0, SHOWN_HOLDERS)
    .map(({ name, processId }) => `${name} (${processId})`)
    .join(', ')
  const more = holders.length - SHOWN_HOLDERS
  return more > 0 ? `‘${mountPoint}’ is in use by ${names} and ${more} more.` : `‘${mountPoint}’ is in use by ${names}.`
}

export function mountBusy(mountPoint: string, holders: readonly Holder[], cause: Error): Problem {
  return new Problem(
    {
      kind: 'io',
      code: 'mount-busy',
      message: inUseSentence(mountPoint, holders),
      kept: 'It is still mounted.',
      advice: 'Close what uses it and eject again.',
      technical: cause.message,
    },
    { cause },
  )
}

export function cannotUnmount(mountPoint: string, refusal: MountRefused): Problem {
  const isForbidden = refusal.kind === 'forbidden'
  return new Problem(
    {
      kind: 'io',
      code: isForbidden ? 'unmount-forbidden' : 'unmount-failed',
      message: isForbidden ? `The system does not let this user eject ‘${mountPoint}’.` : `‘${mountPoint}’ could not be ejected.`,
      kept: 'It is still mounted.',
      advice: isForbidden ? 'Whoever mounted it can eject it.' : 'Try again in a moment.',
      technical: `${refusal.method}: ${refusal.technical}`,
    },
    { cause: refusal },
  )
}

export function notMounted(what: string): Problem {
  return new Problem({
    kind: 'usage',
    code: 'not-mounted',
    message: `‘${what}’ is not mounted.`,
    kept: 'Nothing was changed.',
    advice: '`isomer mounts` lists what is.',
  })
}
