/** Reads a source once, from front to back, for everybody who wants its bytes: digests in threads, and whoever looks on. */
import type { DigestKind } from '../../shared/digest.ts'
import type { JobControl } from '../../shared/job.ts'
import { TRANSFER_BYTES } from '../../shared/limits.ts'
import type { ByteSource } from '../bytes/byte-source.ts'
import { cryptoName } from './crypto-name.ts'
import { type DigestRequest, DigestThreads } from './digest-threads.ts'
import type { Onlooker } from './onlooker.ts'
import { blake2bDigest, crc32Digest, type OwnDigest } from './own-digests.ts'

/** A digest of the stream with some bytes behind it, by the algorithm's name in node:crypto. */
export interface SuffixedDigest {
  readonly algorithm: string
  readonly suffix: Uint8Array
}

export interface PassWishes {
  readonly digests: readonly DigestKind[]
  readonly suffixed: readonly SuffixedDigest[]
  readonly onlookers: readonly Onlooker[]
}

export interface PassResult {
  readonly digests: Partial<Record<DigestKind, string>>
  /** In the order of the wishes. */
  readonly suffixed: readonly string[]
}

/** Threads are asked for each algorithm once, whoever wants it. */
function threadRequests({ digests, suffixed }: PassWishes): Map<string, Uint8Array[]> {
  const requests = new Map<string, Uint8Array[]>()
  for (const name of digests.map(cryptoName)) if (name !== null && !requests.has(name)) requests.set(name, [])
  for (const { algorithm, suffix } of suffixed) requests.set(algorithm, [...(requests.get(algorithm) ?? []), suffix])
  return requests
}

/** Reads all of the source. Throws what reading throws, and when somebody asks to stop. */
export async function readOnce(
  source: ByteSource,
  wishes: PassWishes,
  control: Pick<JobControl, 'checkpoint' | 'progress'>,
): Promise<PassResult> {
  const requests = threadRequests(wishes)
  const own = await Promise.all(
    wishes.digests.filter((kind) => cryptoName(kind) === null).map((kind) => (kind === 'crc32' ? crc32Digest() : blake2bDigest())),
  )
  const onlookers = [...own, ...wishes.onlookers]
  const threads = new DigestThreads([...requests].map(([algorithm, suffixes]): DigestRequest => ({ algorithm, suffixes })))
  try {
    await readParts(source, threads, onlookers, control)
    const found = new Map([...requests.keys()].map((algorithm, index) => [algorithm, index] as const))
    const results = await threads.finish()
    return resultOf(wishes, own, (algorithm) => results[found.get(algorithm) as number] as string[])
  } catch (error) {
    await threads.abandon()
    throw error
  }
}

async function readParts(
  source: ByteSource,
  threads: DigestThreads,
  onlookers: readonly Onlooker[],
  control: Pick<JobControl, 'checkpoint' | 'progress'>,
): Promise<void> {
  const totalBytes = source.sizeBytes
  for (let doneBytes = 0; doneBytes < totalBytes; ) {
    const slot = threads.nextSlot()
    const got = source.read(doneBytes, slot.subarray(0, Math.min(TRANSFER_BYTES, totalBytes - doneBytes)))
    if (got === 0) return
    const part = slot.subarray(0, got)
    for (const onlooker of onlookers) onlooker.take(part, doneBytes)
    threads.publish(got)
    doneBytes += got
    const turn = control.checkpoint()
    if (turn === undefined) continue
    control.progress({ phase: 'read', doneBytes, totalBytes, doneItems: 0, current: null })
    await turn
  }
}

function resultOf(wishes: PassWishes, own: readonly OwnDigest[], threaded: (algorithm: string) => readonly string[]): PassResult {
  const digests: Partial<Record<DigestKind, string>> = Object.fromEntries(own.map((digest) => [digest.kind, digest.hex()]))
  for (const kind of wishes.digests) {
    const name = cryptoName(kind)
    if (name !== null) digests[kind] = threaded(name)[0] as string
  }
  const taken = new Map<string, number>()
  const suffixed = wishes.suffixed.map(({ algorithm }) => {
    const place = (taken.get(algorithm) ?? 0) + 1
    taken.set(algorithm, place)
    return threaded(algorithm)[place] as string
  })
  return { digests, suffixed }
}
