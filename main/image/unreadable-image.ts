/** Why a file can't be opened as an image, in plain sentences. */
import type { Finding } from '../../shared/image-model.ts'
import { TRANSFER_BYTES } from '../../shared/limits.ts'
import { Problem } from '../../shared/problem.ts'
import { type ByteSource, readUpTo } from '../bytes/byte-source.ts'
import { LEAST_IMAGE_BYTES } from '../iso9660/volume-descriptor-set.ts'
import { foreignKind } from './foreign-kinds.ts'

/** The `image` Problem of a file in which no tree was found; `findings` tell what was met while looking. */
export function unreadableImage(path: string, source: ByteSource, findings: readonly Finding[]): Problem {
  const damage = findings.filter(({ severity }) => severity === 'damaged')
  if (damage.length > 0) {
    return new Problem({
      kind: 'image',
      code: 'image-damaged',
      message: `${path} is damaged beyond reading. ${damage[0]?.message}`,
      advice: 'Get it again, and compare its size or checksum with those its maker gives.',
      technical: damage.map(({ code, offsetBytes }) => `${code}${offsetBytes === undefined ? '' : ` at byte ${offsetBytes}`}`).join('\n'),
    })
  }
  const kind = foreignKind(source)
  if (kind !== null) {
    const message = `${path} is no disc image that Isomer can open: it is ${kind.is}.`
    return new Problem({ kind: 'image', code: 'other-format', message, advice: kind.advice })
  }
  if (source.sizeBytes < LEAST_IMAGE_BYTES) {
    return new Problem({
      kind: 'image',
      code: 'image-too-small',
      message: `${path} is too small to be a disc image.`,
      advice: 'Perhaps a download broke off: compare its size with the one its maker gives.',
      technical: `${source.sizeBytes} bytes, at least ${LEAST_IMAGE_BYTES} needed`,
    })
  }
  const why = beginsWithZeros(source) ? 'it begins with nothing but zeros' : 'it has neither an ISO 9660 nor a UDF volume that can be used'
  return new Problem({
    kind: 'image',
    code: 'not-an-image',
    message: `${path} is no disc image that Isomer can read: ${why}.`,
    advice: 'Check that it is the right file and that its download finished.',
    technical: 'no usable primary or Joliet volume descriptor from sector 16 on, no UDF volume',
  })
}

/** As copies and downloads that never came to an end do; the descriptors of any volume would stand there. */
const beginsWithZeros = (source: ByteSource): boolean => readUpTo(source, 0, TRANSFER_BYTES).every((byte) => byte === 0)
