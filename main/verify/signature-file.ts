/** Signatures as they lie beside images: detached, armoured or not, and clear-signed text. */
import type { Signature, SignaturePacket } from 'openpgp'
import { MAX_SIGNATURES_PER_FILE } from '../../shared/limits.ts'
import { Problem } from '../../shared/problem.ts'
import { armoredBlocks, openPgpKindOf } from './openpgp-blocks.ts'

/** Text of which every character was signed, with its signatures. */
export interface ClearSigned {
  /** With line ends of one character, and without blanks at the ends of lines. */
  readonly text: string
  readonly packets: readonly SignaturePacket[]
  /** Whether the file holds more than this, which nobody signed. */
  readonly hasMore: boolean
}

/** Packets of versions that the library does not know are not among them. */
async function packetsOf(signature: Signature): Promise<SignaturePacket[]> {
  const { SignaturePacket: Known } = await import('openpgp')
  return [...signature.packets].filter((packet) => packet instanceof Known).slice(0, MAX_SIGNATURES_PER_FILE)
}

/** The signatures in a detached signature's bytes. Throws a `usage` Problem when it is no such file. */
export async function parseDetached(bytes: Uint8Array, path: string): Promise<SignaturePacket[]> {
  if (openPgpKindOf(bytes) !== 'signature') throw noSignature(path, null)
  const { readSignature } = await import('openpgp')
  const blocks = armoredBlocks(Buffer.from(bytes).toString('utf8'), 'signature')
  try {
    const signatures =
      blocks.length === 0
        ? [await readSignature({ binarySignature: bytes })]
        : await Promise.all(blocks.map((armoredSignature) => readSignature({ armoredSignature })))
    const packets = (await Promise.all(signatures.map(packetsOf))).flat()
    if (packets.length === 0) throw noSignature(path, 'no signature packet of a known version')
    return packets
  } catch (error) {
    throw error instanceof Problem ? error : noSignature(path, (error as Error).message)
  }
}

/** The clear-signed text in a file. Only the first counts: what stands around it could have been added by anybody. */
export async function parseClearSigned(text: string, path: string): Promise<ClearSigned> {
  const [block] = armoredBlocks(text, 'clear-signed')
  if (block === undefined) throw noSignature(path, 'no complete clear-signed block')
  const { readCleartextMessage } = await import('openpgp')
  try {
    const message = await readCleartextMessage({ cleartextMessage: block })
    const packets = await parseDetached(Buffer.from(armoredBlocks(block, 'signature')[0] ?? ''), path)
    return { text: message.getText(), packets, hasMore: text.replace(block, '').trim() !== '' }
  } catch (error) {
    throw error instanceof Problem ? error : noSignature(path, (error as Error).message)
  }
}

function noSignature(path: string, technical: string | null): Problem {
  return new Problem({
    kind: 'usage',
    code: 'no-signature',
    message: `${path} holds no OpenPGP signature that Isomer can read.`,
    advice: 'Perhaps it was cut short or changed on its way; get it again.',
    ...(technical === null ? {} : { technical }),
  })
}
