/** What somebody asked to be confirmed and was not: each makes the answer a "no", whatever the verdict on the image. */
import type { VerifyRequest, VerifyResult } from '../../shared/verify.ts'
import { lastPart } from './listed-names.ts'
import { isTrusted } from './signature-reports.ts'
import { unmetValues } from './unmet-values.ts'

type Found = Pick<VerifyResult, 'expected' | 'lists' | 'signatures' | 'implanted' | 'contents' | 'against'>

/** One sentence for each; empty when everything asked for was confirmed. */
export function refusalsOf(request: VerifyRequest, found: Found): string[] {
  const refusals: string[] = []
  const { expected, lists, implanted, contents, against } = found
  if (unmetValues(expected).length > 0) refusals.push('The image does not have the expected checksum.')
  for (const { path, verdict, isChosen } of lists)
    if (isChosen && verdict !== 'same') refusals.push(`${lastPart(path)} does not confirm the image.`)
  refusals.push(...signatureRefusals(request, found))
  if (request.requiresImplanted && implanted === null) refusals.push('No MD5 is implanted in the image.')
  if (request.requiresImplanted && implanted?.verdict === 'differs') refusals.push('The implanted MD5 is not the image’s.')
  if (request.checksContents && contents.length === 0) refusals.push('There is no checksum file inside the image.')
  if (request.checksContents && contents.some(({ damaged, missing }) => damaged.paths.length + missing.paths.length > 0))
    refusals.push('Files inside the image are not as its checksum file says.')
  if (against !== null && against.verdict !== 'same') refusals.push(`${against.path} does not hold the same.`)
  return refusals
}

/** Of each file of signatures that was chosen, one must be good and by somebody trusted. */
function signatureRefusals({ signatures: chosen }: VerifyRequest, { lists, signatures }: Found): string[] {
  const reports = [...signatures, ...lists.flatMap((list) => list.signatures)]
  return chosen
    .filter((path) => !reports.some((report) => report.path === path && report.status === 'good' && isTrusted(report)))
    .map((path) => `${lastPart(path)} is no good signature by a key that you trust.`)
}
