/** Verifies an image: everything that speaks for or against it, gathered in one read where possible, and one verdict. */
import { basename } from 'node:path'
import { type DigestKind, digestKinds, type ExpectedDigest } from '../../shared/digest.ts'
import type { Finding } from '../../shared/image-model.ts'
import type { JobControl } from '../../shared/job.ts'
import type {
  AgainstReport,
  ByteRange,
  ContentsReport,
  DigestComparison,
  Evidence,
  ListReport,
  NamedFiles,
  SignatureReport,
  VerifyRequest,
  VerifyResult,
} from '../../shared/verify.ts'
import { FileByteSource, type ImageSource } from '../bytes/byte-source.ts'
import type { OpenImage } from '../image/open-image.ts'
import { adviceFor } from './advice.ts'
import { compareWith } from './against.ts'
import { type Digests, type Judgement, judgeByList, kindsNeeded } from './checksum-judgement.ts'
import { checkContents } from './contents-check.ts'
import { type EvidenceFiles, type ListFile, readEvidence, ringFor } from './evidence-files.ts'
import {
  againstEvidence,
  contentsEvidence,
  damageEvidence,
  imageSignatureEvidence,
  implantedEvidence,
  listEvidence,
  valueEvidence,
} from './evidence-words.ts'
import { ImplantedMd5Check, readImplantedMd5 } from './implanted-md5.ts'
import type { KeyRing } from './key-ring.ts'
import { lastPart } from './listed-names.ts'
import { filesWithin } from './named-files.ts'
import { OpenedImage } from './opened-image.ts'
import { refusalsOf } from './refusals.ts'
import { safetyFacts } from './safety-facts.ts'
import { ImageSignatures, listSignatures } from './signature-reports.ts'
import { readOnce } from './single-pass.ts'
import { decide } from './verdict.ts'

/**
 * Throws an `io` Problem when the image or something that was chosen can't be read, or when the image changed
 * meanwhile; a `usage` Problem when something chosen is not what it was chosen as.
 */
export async function verifyImage(request: VerifyRequest, control: JobControl): Promise<VerifyResult> {
  const startedMs = Date.now()
  const source = FileByteSource.open(request.imagePath)
  let opened: OpenedImage | null = null
  try {
    opened = await OpenedImage.open(source.path, control)
    return { ...(await new Verification(request, source, opened, control).run()), durationMs: Date.now() - startedMs }
  } finally {
    opened?.close()
    source.close()
  }
}

/** What was found before and during the one read. */
interface Read {
  readonly digests: Digests
  readonly lists: readonly ListReport[]
  readonly signatures: readonly SignatureReport[]
  readonly expected: readonly DigestComparison[]
}

class Verification {
  readonly #request: VerifyRequest
  readonly #source: FileByteSource
  readonly #control: JobControl
  readonly #nowMs: number
  readonly #opened: OpenedImage
  /** Null for a file that is no image that Isomer knows: it can be compared all the same. */
  readonly #image: OpenImage | null
  /** What the image is made of: the file, or what a container in it gives. */
  readonly #imageSource: ImageSource

  constructor(request: VerifyRequest, source: FileByteSource, opened: OpenedImage, control: JobControl) {
    this.#request = request
    this.#source = source
    this.#control = control
    this.#nowMs = Date.now()
    this.#opened = opened
    this.#image = opened.image
    this.#imageSource = opened.image?.source ?? source
  }

  async run(): Promise<Omit<VerifyResult, 'durationMs'>> {
    const { imagePath } = this.#request
    const findings = await this.#findings()
    for (const { severity, message } of findings) if (severity === 'damaged') this.#control.log('warning', message)
    const files = await readEvidence(this.#request)
    const implanted = readImplantedMd5(this.#imageSource)
    const check = implanted === null ? null : new ImplantedMd5Check(implanted)
    const read = await this.#read(files, await ringFor(this.#request, files), check)
    this.#source.assertUnchanged()
    const against = await this.#against()
    const outside = this.#outsideEvidence(read)
    const isSettled = outside.some(({ says }) => says === 'genuine' || says === 'intact')
    const contents = this.#request.checksContents || !isSettled ? await this.#contents() : []
    const implantedReport = check === null ? null : check.report()
    const result = {
      digests: read.digests,
      expected: read.expected,
      lists: read.lists,
      signatures: read.signatures,
      implanted: implantedReport && { ...implantedReport, files: await this.#filesWithin(implantedReport.damaged) },
      contents,
      against,
      findings,
      safety: this.#image === null ? [] : await safetyFacts(this.#image, this.#control),
    }
    const inside = [
      damageEvidence(findings, imagePath),
      implantedEvidence(result.implanted, imagePath),
      ...contents.map((report) => contentsEvidence(report, imagePath)),
      againstEvidence(against, imagePath),
    ]
    this.#imageSource.assertUnchanged()
    const { verdict, deciding, evidence } = decide([...outside, ...inside.filter((found) => found !== null)])
    this.#source.assertUnchanged()
    return {
      kind: 'verify',
      path: imagePath,
      sizeBytes: this.#source.sizeBytes,
      verdict,
      reason: deciding?.summary ?? 'There is nothing to compare it with.',
      advice: adviceFor(verdict, basename(imagePath), read.lists, read.signatures),
      chain: deciding?.chain ?? [],
      evidence,
      refusals: refusalsOf(this.#request, result),
      ...result,
    }
  }

  /** What the image's structures say, damage first. */
  async #findings(): Promise<Finding[]> {
    const worst = ['fatal', 'damaged', 'suspicious', 'note']
    const findings = await this.#opened.findings(this.#control)
    return findings.sort((a, b) => worst.indexOf(a.severity) - worst.indexOf(b.severity))
  }

  async #read(files: EvidenceFiles, ring: KeyRing, implanted: ImplantedMd5Check | null): Promise<Read> {
    const { imagePath, expected } = this.#request
    const signatures = new ImageSignatures(imagePath, files.signatures)
    // In a container the image's bytes are others than the file's.
    const isApart = this.#image !== null && this.#image.contained !== null
    const wishes = {
      digests: this.#kinds(files.lists),
      suffixed: signatures.wishes,
      onlookers: implanted === null || isApart ? [] : [implanted],
    }
    const { digests, suffixed } = await readOnce(this.#source, wishes, this.#control)
    if (isApart && implanted !== null)
      await readOnce(this.#imageSource, { digests: [], suffixed: [], onlookers: [implanted] }, this.#control)
    const lists: ListReport[] = []
    for (const file of files.lists) {
      const judgement = judgeByList(file.list, basename(imagePath), digests, file.isChosen)
      lists.push(listReport(file, imagePath, judgement, digests, await listSignatures(file, files.signatures, ring, this.#nowMs)))
    }
    return {
      digests,
      lists: withoutIrrelevant(lists),
      signatures: await signatures.reports(suffixed, ring, this.#nowMs),
      expected: expected.map((value) => comparisonOf(value, digests)),
    }
  }

  /** SHA-256 is always among them: it is what people write down. */
  #kinds(lists: readonly ListFile[]): DigestKind[] {
    const { digests, expected, imagePath } = this.#request
    const wanted = new Set<DigestKind>([
      ...digests,
      ...expected.flatMap(({ kinds }) => kinds),
      ...lists.flatMap(({ list }) => kindsNeeded(list, basename(imagePath))),
    ])
    if (digests.length === 0) wanted.add('sha256')
    return digestKinds.filter((kind) => wanted.has(kind))
  }

  #outsideEvidence(read: Read): Evidence[] {
    const { imagePath } = this.#request
    const found = [
      imageSignatureEvidence(read.signatures, imagePath),
      ...read.lists.map((report) => listEvidence(report, imagePath)),
      valueEvidence(read.expected, imagePath),
    ]
    return found.filter((evidence) => evidence !== null)
  }

  async #against(): Promise<AgainstReport | null> {
    const { against } = this.#request
    if (against === null) return null
    const { report, ranges } = await compareWith(this.#imageSource, against, this.#control)
    const files = this.#image === null || ranges.length === 0 ? null : await filesWithin(this.#image, ranges, this.#control)
    return { ...report, files }
  }

  async #contents(): Promise<ContentsReport[]> {
    return this.#image === null ? [] : checkContents(this.#image, this.#control)
  }

  async #filesWithin(range: ByteRange | null): Promise<NamedFiles | null> {
    return this.#image === null || range === null ? null : filesWithin(this.#image, [range], this.#control)
  }
}

function comparisonOf({ kinds, hex }: ExpectedDigest, digests: Digests): DigestComparison {
  const kind = kinds.find((candidate) => digests[candidate] === hex) ?? (kinds[0] as DigestKind)
  const found = digests[kind] ?? ''
  return { kind, expected: hex, found, isSame: found === hex }
}

function listReport(file: ListFile, imagePath: string, judgement: Judgement, digests: Digests, signatures: SignatureReport[]): ListReport {
  const { verdict, way, file: listed, isInstead } = judgement
  const listedName = listed?.name ?? null
  const size = listedName === null ? undefined : file.list.sizes.get(lastPart(listedName))
  const remarks = file.clearSigned?.hasMore
    ? [...file.list.remarks, { line: 0, text: 'The file holds more than was signed; only what was signed counts.' }]
    : file.list.remarks
  return {
    path: file.path,
    isChosen: file.isChosen,
    verdict,
    listedName,
    isRenamed: way !== 'name' && listedName !== null && lastPart(listedName) !== basename(imagePath),
    comparisons: (listed?.entries ?? []).map((entry) => comparisonOf(entry, digests)),
    isInstead,
    listedSizeBytes: size ?? null,
    signatures,
    remarks,
  }
}

/** A list that only lies there and says nothing about the image is worth telling of when there is nothing better. */
function withoutIrrelevant(lists: readonly ListReport[]): ListReport[] {
  const relevant = lists.filter(({ verdict, isChosen }) => isChosen || verdict !== 'absent')
  return relevant.length > 0 ? relevant : [...lists]
}
