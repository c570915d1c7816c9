/**
 * Checksum files: what the coreutils, BSD, OpenSSL, SFV makers, certutil and PowerShell write, and people copy
 * together. A line that is none of these is passed over with a remark, so that one bad line does not hide the rest.
 */
import { type DigestKind, kindOfName, kindsOfDigits } from '../../shared/digest.ts'

export interface ChecksumEntry {
  /** Counted from 1. */
  readonly line: number
  /** As it is spelled, path included; null when the line has only a digest. */
  readonly name: string | null
  /** More than one where length and surroundings leave it open. */
  readonly kinds: readonly DigestKind[]
  /** Lower case. */
  readonly hex: string
}

/** A line that was passed over. */
export interface ChecksumRemark {
  readonly line: number
  readonly text: string
}

export interface ChecksumFile {
  readonly entries: readonly ChecksumEntry[]
  readonly remarks: readonly ChecksumRemark[]
  /** Bytes of files by name, from comments as Fedora writes them. */
  readonly sizes: ReadonlyMap<string, number>
}

/** No pattern here may need more than one way through a line: the files come from anywhere. */
const ALGORITHM = '[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*'
/** `SHA256 (name) = digest`, and OpenSSL's `SHA2-256(name)= digest`. */
const TAGGED = new RegExp(`^(\\\\?)(${ALGORITHM}) ?\\((.*)\\) ?= ?([0-9A-Fa-f]+)$`)
/** `digest  name`, `digest *name`; a leading backslash says that the name is escaped. */
const COREUTILS = /^(\\?)([0-9A-Fa-f]{8,})(?: [ *]|\s+\*?)(?=\S)(.+)$/
/** `SHA256  digest  path`, as PowerShell's Get-FileHash prints. */
const TABLE = new RegExp(`^(${ALGORITHM})\\s+([0-9A-Fa-f]{8,})\\s+(\\S.*)$`)
/** `SHA256: digest`, `Hash : digest`. */
const LABELLED = new RegExp(`^(${ALGORITHM})\\s*[:=]\\s*([0-9A-Fa-f]+)$`)
/** `name digest`, as SFV files have it; only CRC-32 is written so. */
const NAME_FIRST = /^(\S.*\S|\S)\s+([0-9A-Fa-f]{8})$/
/** `SHA256 hash of name:`, with the digest on the next line; older ones put blanks between the bytes. */
const CERTUTIL = new RegExp(`^(${ALGORITHM}) hash of (?:file )?(.+?):$`)
const BARE = /^(?:[0-9A-Fa-f]{8,}|[0-9A-Fa-f]{2}(?: [0-9A-Fa-f]{2})+)$/
/** `# name: 2590638080 bytes` */
const SIZE_COMMENT = /^# (\S.*): ([0-9]{1,15}) bytes$/

const unescaped = (name: string): string => name.replaceAll(/\\([\\nr])/g, (_, c: string) => (c === 'n' ? '\n' : c === 'r' ? '\r' : '\\'))

interface RawEntry {
  readonly algorithm: string | null
  readonly hex: string
  readonly name: string | null
}

function readLine(line: string): RawEntry | null {
  const tagged = TAGGED.exec(line)
  if (tagged) return { algorithm: tagged[2] as string, hex: tagged[4] as string, name: nameOf(tagged[1], tagged[3] as string) }
  const coreutils = COREUTILS.exec(line)
  if (coreutils) return { algorithm: null, hex: coreutils[2] as string, name: nameOf(coreutils[1], coreutils[3] as string) }
  const labelled = LABELLED.exec(line)
  if (labelled) return { algorithm: labelled[1] as string, hex: labelled[2] as string, name: null }
  const table = TABLE.exec(line)
  if (table) return { algorithm: table[1] as string, hex: table[2] as string, name: table[3] as string }
  if (BARE.test(line)) return { algorithm: null, hex: line.replaceAll(' ', ''), name: null }
  const nameFirst = NAME_FIRST.exec(line)
  if (nameFirst) return { algorithm: 'crc32', hex: nameFirst[2] as string, name: nameFirst[1] as string }
  return null
}

const nameOf = (backslash: string | undefined, name: string): string => (backslash ? unescaped(name) : name)

/** Kinds that an entry may be of: its label decides, then its length, then what the file is called. */
function kindsOf({ algorithm, hex }: RawEntry, fileKind: DigestKind | null): DigestKind[] {
  const byLength = kindsOfDigits(hex.length)
  const named = algorithm === null ? null : kindOfName(algorithm)
  if (named !== null) return byLength.includes(named) ? [named] : []
  if (algorithm !== null && !/^(?:hash|digest|checksum)$/i.test(algorithm)) return []
  return fileKind !== null && byLength.includes(fileKind) ? [fileKind] : byLength
}

/** The kind a file's name stands for: `SHA512SUMS`, `b2sums.txt`, `debian.iso.sha256`; null when it names none. */
export function kindOfFileName(fileName: string): DigestKind | null {
  const parts = fileName.toLowerCase().split(/[^a-z0-9]+/)
  for (const part of parts.toReversed()) {
    const kind = kindOfName(part === 'sfv' ? 'crc32' : part)
    if (kind !== null) return kind
  }
  return null
}

/** Reads a checksum file's text; `fileName` helps where the lines leave the kind open. */
export function parseChecksumFile(text: string, fileName: string): ChecksumFile {
  const fileKind = kindOfFileName(fileName)
  const entries: ChecksumEntry[] = []
  const remarks: ChecksumRemark[] = []
  const sizes = new Map<string, number>()
  let heading: { algorithm: string; name: string } | null = null
  for (const [index, whole] of text.split(/\r\n|\n|\r/).entries()) {
    const line = index + 1
    const trimmed = whole.trim()
    const size = SIZE_COMMENT.exec(trimmed)
    if (size) sizes.set(size[1] as string, Number(size[2]))
    if (trimmed === '' || /^[#;]/.test(trimmed)) continue
    const certutil = CERTUTIL.exec(trimmed)
    if (certutil) {
      heading = { algorithm: certutil[1] as string, name: certutil[2] as string }
      continue
    }
    // Only a name may begin or end with blanks, and none that is published does; the end is kept for those that are escaped.
    const found = readLine(whole.startsWith('\\') ? whole : trimmed)
    const raw: RawEntry | null = found?.name === null && heading !== null ? { ...found, ...heading } : found
    heading = null
    if (raw === null) remarks.push({ line, text: 'This is no line of a checksum file.' })
    else addEntry(raw, line, kindsOf(raw, fileKind), entries, remarks)
  }
  return { entries, remarks, sizes }
}

function addEntry(raw: RawEntry, line: number, kinds: DigestKind[], entries: ChecksumEntry[], remarks: ChecksumRemark[]): void {
  const hex = raw.hex.toLowerCase()
  if (kinds.length > 0) entries.push({ line, name: raw.name, kinds, hex })
  else if (raw.algorithm !== null && kindOfName(raw.algorithm) === null)
    remarks.push({ line, text: `Isomer does not check ${raw.algorithm}.` })
  else {
    const text =
      raw.algorithm === null
        ? `No checksum has ${hex.length} digits; perhaps a part is missing.`
        : `No checksum of that kind has ${hex.length} digits; perhaps a part is missing.`
    remarks.push({ line, text })
  }
}
