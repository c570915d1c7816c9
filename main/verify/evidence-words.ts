/** Turns what was found into evidence: what it says about the image, and the chain that leads there. */
import { type DigestKind, digestTitles, isCollisionProof } from '../../shared/digest.ts'
import { formatCount, formatExactBytes, formatNumber } from '../../shared/format.ts'
import type { Finding } from '../../shared/image-model.ts'
import { sentences } from '../../shared/sentences.ts'
import type {
  AgainstReport,
  ChainLink,
  ContentsReport,
  DigestComparison,
  Evidence,
  ListReport,
  NamedFiles,
  SignatureReport,
  VerifyResult,
} from '../../shared/verify.ts'
import { filesThereSentence, hitSentence, wrongFilesSentence } from './file-words.ts'
import { lastPart } from './listed-names.ts'
import { decidingSignature } from './signature-reports.ts'
import { signatureLinks, signedVerdict } from './signature-words.ts'
import { unmetValues } from './unmet-values.ts'

const SHOWN_DIGITS = 16
const SECTOR_BYTES = 2048

/** Enough of a digest to recognise it by. */
const beginning = (hex: string): string => hex.slice(0, SHOWN_DIGITS)
const titlesOf = (comparisons: readonly DigestComparison[]): string =>
  [...new Set(comparisons.map(({ kind }) => digestTitles[kind]))].join(', ')

const imageLink = (imagePath: string, state: ChainLink['state'], detail: string): ChainLink => ({
  part: 'image',
  state,
  title: lastPart(imagePath),
  detail,
})

/** The strongest kind that fits; the first one when none does. */
function tellingComparison(comparisons: readonly DigestComparison[]): DigestComparison | undefined {
  return comparisons.find(({ isSame }) => !isSame) ?? comparisons.find(({ kind }) => isCollisionProof(kind)) ?? comparisons[0]
}

function digestSentence(comparison: DigestComparison | undefined): string {
  if (comparison === undefined) return 'Its bytes were read.'
  const { kind, found, expected, isSame } = comparison
  return isSame ? foundSentence(kind, found) : unexpectedSentence(kind, found, expected)
}

const foundSentence = (kind: DigestKind, found: string): string =>
  kind === 'crc32' ? `Its CRC-32 is ${found}.` : `Its ${digestTitles[kind]} begins with ${beginning(found)}.`

function unexpectedSentence(kind: DigestKind, found: string, expected: string): string {
  if (kind === 'crc32') return `Its CRC-32 is ${found}, not ${expected}.`
  return `Its ${digestTitles[kind]} begins with ${beginning(found)}, not with ${beginning(expected)}.`
}

const isStrong = (comparisons: readonly DigestComparison[]): boolean =>
  comparisons.some(({ kind, isSame }: { kind: DigestKind; isSame: boolean }) => isSame && isCollisionProof(kind))

/** What a checksum file and its signatures say. */
export function listEvidence(report: ListReport, imagePath: string): Evidence {
  const { path, verdict, comparisons, signatures } = report
  const name = lastPart(path)
  const links = signatureLinks(signatures)
  const telling = tellingComparison(comparisons)
  const chain = (image: ChainLink['state'], list: ChainLink['state'], detail: string): ChainLink[] => [
    imageLink(imagePath, image, digestSentence(telling)),
    { part: 'checksum', state: list, title: name, detail },
    ...links,
  ]
  const outside = (
    says: Evidence['says'],
    summary: string,
    image: ChainLink['state'],
    list: ChainLink['state'],
    detail: string,
  ): Evidence => ({
    origin: 'outside',
    says,
    summary,
    chain: chain(image, list, detail),
  })
  switch (verdict) {
    case 'same':
      return sameByList(report, outside)
    case 'differs': {
      if (decidingSignature(signatures)?.status === 'bad')
        return outside(
          'forged',
          `${name} was changed after it was signed, and the image is not what it says either.`,
          'bad',
          'bad',
          sizeSentence(report),
        )
      const instead = report.isInstead === null ? null : `What you have is ‘${report.isInstead}’ of that list.`
      return outside(
        'damaged',
        sentences(`The image is not the one that ${name} lists.`, instead),
        'bad',
        'good',
        sentences(sizeSentence(report), instead),
      )
    }
    case 'contradiction':
      return outside(
        'unknown',
        `${name} says two different things about the image.`,
        'none',
        'caution',
        'Its lines contradict each other, so it proves nothing.',
      )
    case 'absent':
      return outside('unknown', `${name} says nothing about this image.`, 'none', 'none', 'None of its lines is about this image.')
  }
}

type MakeEvidence = (
  says: Evidence['says'],
  summary: string,
  image: ChainLink['state'],
  list: ChainLink['state'],
  detail: string,
) => Evidence

function sameByList(report: ListReport, make: MakeEvidence): Evidence {
  const { path, comparisons, signatures, listedName, isRenamed } = report
  const name = lastPart(path)
  const titles = titlesOf(comparisons)
  const renamed = isRenamed && listedName !== null ? `It is listed there as ‘${listedName}’.` : null
  const detail = sentences(`It lists exactly this content (${titles}).`, renamed)
  const { says, signedBy, because } = signedVerdict(signatures)
  if (says === 'forged') {
    const forged = sentences(detail, 'But it is not what was signed.')
    return make('forged', `${name} was changed after it was signed.`, 'caution', 'bad', forged)
  }
  if (!isStrong(comparisons)) {
    const weak = sentences(detail, `${name} has only ${titles}, which show accidents but no forgery.`)
    return make('intact', `The image matches ${name}, but ${titles} can be forged.`, 'good', 'caution', weak)
  }
  const summary = signedBy === null ? `The image matches ${name}, but ${because}.` : `The image matches ${name}, signed by ${signedBy}.`
  return make(says, sentences(summary, renamed), 'good', 'good', detail)
}

function sizeSentence({ listedSizeBytes }: ListReport): string {
  return sentences('It lists another content.', listedSizeBytes === null ? null : `It should have ${formatExactBytes(listedSizeBytes)}.`)
}

/** What signatures of the image itself say. */
export function imageSignatureEvidence(reports: readonly SignatureReport[], imagePath: string): Evidence | null {
  const report = decidingSignature(reports)
  if (report === null) return null
  const { says, signedBy, because } = signedVerdict(reports)
  const isUnchecked = report.status === 'unknown-key' || report.status === 'unsupported'
  const state = says === 'forged' ? 'bad' : isUnchecked ? 'none' : 'good'
  const detail = {
    bad: 'It is not what was signed.',
    none: 'It was not compared with what was signed.',
    good: 'It is what was signed, byte for byte.',
  }[state]
  const checksum: ChainLink = { part: 'checksum', state: 'none', title: 'No checksum file needed', detail: 'The image itself is signed.' }
  const summary =
    says === 'forged'
      ? 'The image is not what was signed: it was changed, by accident or on purpose.'
      : signedBy === null
        ? `The image is signed, but ${because}.`
        : `The image itself is signed by ${signedBy}.`
  return {
    origin: 'outside',
    says: isUnchecked ? 'unknown' : says,
    summary,
    chain: [imageLink(imagePath, state, detail), checksum, ...signatureLinks(reports)],
  }
}

/** What values say that somebody gave. */
export function valueEvidence(comparisons: readonly DigestComparison[], imagePath: string): Evidence | null {
  const [unmet] = unmetValues(comparisons)
  const fitting = comparisons.filter(({ isSame }) => isSame)
  const telling = unmet ?? tellingComparison(fitting)
  if (telling === undefined) return null
  const title = digestTitles[telling.kind]
  const links = (state: ChainLink['state'], detail: string): ChainLink[] => [
    imageLink(imagePath, state, digestSentence(telling)),
    { part: 'checksum', state, title: 'The value you gave', detail },
    {
      part: 'origin',
      state: 'caution',
      title: 'Wherever you got it',
      detail: 'The value is worth as much as the place where you found it.',
    },
  ]
  if (unmet !== undefined)
    return {
      origin: 'outside',
      says: 'damaged',
      summary: `The image does not match: its ${title} is not the expected one.`,
      chain: links('bad', `It begins with ${beginning(unmet.expected)}.`),
    }
  const weak = isStrong(fitting) ? null : `${title} shows accidents, but no forgery.`
  return {
    origin: 'outside',
    says: 'intact',
    summary: sentences(`The image matches: its ${title} is the expected one.`, weak),
    chain: links('good', sentences('The same.', weak)),
  }
}

const noOrigin: ChainLink = {
  part: 'origin',
  state: 'none',
  title: 'The image itself',
  detail: 'Whoever changes an image can change this too: it shows accidents, not forgery.',
}

/** What the sum says that is implanted in the image. */
export function implantedEvidence(report: VerifyResult['implanted'], imagePath: string): Evidence | null {
  if (report === null) return null
  const isSame = report.verdict === 'same'
  const title = 'Implanted MD5'
  if (isSame)
    return {
      origin: 'inside',
      says: 'intact',
      summary: 'The image is as it was when a checksum of its own was implanted.',
      chain: [
        imageLink(imagePath, 'good', `Its MD5, but for the last sectors, begins with ${beginning(report.found)}.`),
        { part: 'checksum', state: 'good', title, detail: 'The same stands in the image.' },
        noOrigin,
      ],
    }
  const { damaged, files } = report
  const place =
    damaged === null
      ? null
      : `The damage begins between byte ${formatNumber(damaged.offsetBytes)} and ${formatNumber(damaged.offsetBytes + damaged.lengthBytes)}.`
  const found = unexpectedSentence('md5', report.found, report.expected)
  return {
    origin: 'inside',
    says: 'damaged',
    summary: sentences('The image is not as it was when its own checksum was implanted.', place),
    chain: [
      imageLink(imagePath, 'bad', sentences(found, place, hitSentence(files))),
      { part: 'checksum', state: 'good', title, detail: 'The image carries another one.' },
      noOrigin,
    ],
  }
}

/** What a checksum file inside the image says of its files. */
export function contentsEvidence(report: ContentsReport, imagePath: string): Evidence {
  const { listPath, same, damaged, missing, unlisted } = report
  const count = (files: NamedFiles) => files.paths.length + files.more
  const wrong = count(damaged) + count(missing)
  const rest = unlisted === 0 ? null : `It says nothing of ${formatCount(unlisted, 'other file', 'other files')}.`
  const list = (state: ChainLink['state'], detail: string): ChainLink => ({
    part: 'checksum',
    state,
    title: `${listPath} in the image`,
    detail,
  })
  if (wrong === 0) {
    const summary =
      same === 1
        ? `All 1 file that ${listPath} in the image lists is whole.`
        : `All ${formatCount(same, 'file', 'files')} that ${listPath} in the image lists are whole.`
    return {
      origin: 'inside',
      says: 'unknown',
      summary,
      chain: [
        imageLink(imagePath, 'good', summary),
        list('good', sentences('It lists the files, not what lies between them.', rest)),
        noOrigin,
      ],
    }
  }
  const whole = same === 1 ? '1 file is as it says.' : `${formatCount(same, 'file', 'files')} are as it says.`
  const summary = wrongFilesSentence(report, wrong)
  return {
    origin: 'inside',
    says: 'damaged',
    summary,
    chain: [imageLink(imagePath, 'bad', summary), list('good', sentences(whole, rest)), noOrigin],
  }
}

/** What comparing with a disc or another copy says. */
export function againstEvidence(report: AgainstReport | null, imagePath: string): Evidence | null {
  if (report === null) return null
  const { path, verdict, comparedBytes } = report
  const name = report.isDevice ? path : lastPart(path)
  const copy = (state: ChainLink['state'], detail: string): ChainLink => ({ part: 'checksum', state, title: name, detail })
  if (verdict === 'same') {
    const rest = report.extraBytes ? `${formatExactBytes(report.extraBytes)} follow there, which don't count.` : null
    return {
      origin: 'copy',
      says: 'intact',
      summary: `${name} holds the same, byte for byte.`,
      chain: [
        imageLink(imagePath, 'good', `All ${formatExactBytes(comparedBytes)} were compared.`),
        copy('good', sentences('It holds the same.', rest)),
      ],
    }
  }
  const summary = differenceSentence(name, report)
  const detail = sentences(summary, filesThereSentence(report.files))
  return {
    origin: 'copy',
    says: 'damaged',
    summary,
    chain: [imageLink(imagePath, 'none', 'Which of the two is right, this does not tell.'), copy('bad', detail)],
  }
}

function differenceSentence(name: string, { verdict, firstDifferenceBytes, differingSectors, unreadableSectors }: AgainstReport): string {
  const at = formatNumber(firstDifferenceBytes ?? 0)
  const sector = formatNumber(Math.floor((firstDifferenceBytes ?? 0) / SECTOR_BYTES))
  if (verdict === 'shorter') return `${name} ends at byte ${at} (sector ${sector}), before the image does.`
  const sectors = formatCount(differingSectors, 'sector', 'sectors')
  if (unreadableSectors === 0) return `${name} differs from the image, first at byte ${at} (sector ${sector}), in ${sectors}.`
  return `${name} differs from the image, first at byte ${at} (sector ${sector}), in ${sectors}, ${formatNumber(unreadableSectors)} of them because they can't be read.`
}

/** Damage that the image's own structures show; null when they show none. */
export function damageEvidence(findings: readonly Finding[], imagePath: string): Evidence | null {
  const damage = findings.filter(({ severity }) => severity === 'damaged' || severity === 'fatal')
  const [first] = damage
  if (first === undefined) return null
  const more = damage.length === 1 ? null : `Besides, ${formatCount(damage.length - 1, 'more thing is', 'more things are')} wrong with it.`
  return {
    origin: 'inside',
    says: 'damaged',
    summary: first.message,
    chain: [imageLink(imagePath, 'bad', sentences(first.message, more))],
  }
}
