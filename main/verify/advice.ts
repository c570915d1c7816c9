/** What to do next. */
import { sentences } from '../../shared/sentences.ts'
import type { ListReport, SignatureReport, Verdict } from '../../shared/verify.ts'
import { type Maker, makerOfImage } from './published-keys.ts'
import { decidingSignature, isTrusted } from './signature-reports.ts'

/** Null when nothing is left to do. */
export function adviceFor(
  verdict: Verdict,
  imageName: string,
  lists: readonly ListReport[],
  signatures: readonly SignatureReport[],
): string | null {
  const maker = makerOfImage(imageName)
  switch (verdict) {
    case 'genuine':
      return null
    case 'intact': {
      const signature = decidingSignature([...signatures, ...lists.flatMap((list) => list.signatures)])
      if (signature === null)
        return sentences('Only a signature can show who made it.', maker === null ? null : `${maker.name} tells how at ${maker.page}.`)
      return signatureAdvice(signature, maker)
    }
    case 'unknown':
      return maker === null
        ? 'Look for a checksum file, such as SHA256SUMS, where the image comes from, and put it beside the image.'
        : `Look for a checksum file, such as SHA256SUMS, at ${maker.page}, and put it beside the image.`
    case 'damaged':
      return 'Get the image again, from where it was published, and check it once more.'
    case 'forged':
      return 'Don’t use it. Get the image, its checksum file and the signature again, from its makers’ own site.'
  }
}

function signatureAdvice(signature: SignatureReport, maker: Maker | null): string | null {
  switch (signature.status) {
    case 'unknown-key':
      return 'Get the key of the image’s makers and give it to Isomer: then the signature can be checked.'
    case 'good':
      if (isTrusted(signature)) return null
      if (maker !== null && maker.keys.length > 0 && !maker.keys.some(({ fingerprint }) => fingerprint === signature.key?.fingerprint))
        return `By its name the image is ${maker.name}’s, but this is none of the keys that Isomer knows to be published at ${maker.page}. Look there before you trust it.`
      return 'Compare the key’s fingerprint with the one that its makers publish. If they are the same, you can trust the key.'
    case 'key-expired':
      return 'Get the key again: its makers may have prolonged it.'
    default:
      return 'Look for a newer signature where the image was published.'
  }
}
