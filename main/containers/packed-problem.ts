/** What is said when a compressed image can't be expanded. */
import { Problem } from '../../shared/problem.ts'

/** Completes "The … is damaged: …". */
export function packedDamage(what: string, cause?: unknown): Problem {
  return new Problem(
    {
      kind: 'image',
      code: 'packed-image-damaged',
      message: `The compressed image is damaged: ${what}.`,
      advice: 'Get it again, and compare its size or checksum with those its maker gives.',
      ...(cause instanceof Error ? { technical: cause.message } : {}),
    },
    { cause },
  )
}

/** A compressed image that is whole but of a sort that Isomer can't expand, or won't. */
export function packedRefusal(code: string, message: string, advice: string): Problem {
  return new Problem({ kind: 'image', code, message, advice })
}
