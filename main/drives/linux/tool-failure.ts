/** Why a program that writes discs gave up, from what it printed: one plain sentence for each reason. */
import { Problem, type ProblemKind } from '../../../shared/problem.ts'

/** What a drive says of a failed command (SPC-4, 4.5): sense key, additional sense code and its qualifier. */
export interface Sense {
  /** Null when it was not told. */
  readonly key: number | null
  readonly code: number
  readonly qualifier: number
}

interface Reason {
  readonly code: string
  readonly message: string
  readonly advice: string
  readonly kind?: ProblemKind
}

const removed: Reason = {
  code: 'medium-removed',
  message: 'The disc was taken out while it was being written.',
  advice: 'A disc written half-way is of no use unless it can be erased.',
}
const tooSmall: Reason = {
  code: 'disc-too-small',
  message: 'The data does not fit on this disc.',
  advice: 'Use a larger disc, or leave something out.',
}
const notBlank: Reason = {
  code: 'disc-closed',
  message: 'There is data on this disc and it takes no more.',
  advice: 'Use a blank disc, or erase this one if it can be erased.',
  kind: 'usage',
}
const closing: Reason = {
  code: 'closing-failed',
  message: 'The data was written, but the drive could not close the disc.',
  advice: 'Other drives will probably not read it. Try closing it in this drive again, or use another disc.',
}
const writeError: Reason = {
  code: 'write-error',
  message: 'The drive could not write: the disc is bad, dirty or not made for this speed.',
  advice: 'Try another disc, or a lower speed.',
}

interface SenseRule extends Reason {
  readonly key?: number
  readonly codes?: readonly number[]
  /** As growisofs spells it. */
  readonly words: RegExp
}

/** In the order in which they are tried; codes are those of MMC-6, annex F. */
const senseRules: readonly SenseRule[] = [
  { ...removed, codes: [0x3a], words: /^MEDIUM NOT PRESENT/ },
  {
    code: 'power-calibration',
    message: 'The drive could not find the right laser power for this disc.',
    advice: 'Clean the disc or try another make; drives and discs do not always get along.',
    codes: [0x73],
    words: /^(?:POWER CALIBRATION|CD CONTROL ERROR)/,
  },
  { ...closing, codes: [0x72], words: /^SESSION FIXATION/ },
  { ...notBlank, codes: [0x27], words: /^WRITE PROTECTED/ },
  { ...tooSmall, codes: [0x63], words: /^END OF USER AREA/ },
  {
    code: 'wrong-medium',
    message: 'The drive can’t write this kind of disc, or not in this way.',
    advice: 'Use another kind of disc.',
    codes: [0x30],
    words: /^(?:INCOMPATIBLE MEDIUM|CANNOT (?:READ|WRITE) MEDIUM)/,
  },
  {
    code: 'drive-hardware',
    message: 'The drive itself reported a fault.',
    advice: 'Try again, or another drive.',
    key: 4,
    words: /^(?:TRACKING|MECHANICAL|HARDWARE|INTERNAL TARGET|FOCUS|SPINDLE)/,
  },
  { ...writeError, codes: [0x0c], words: /^WRITE ERROR/ },
  { ...writeError, key: 3, words: /^(?:MEDIUM ERROR|UNRECOVERED)/ },
]

/** Sentences of programs that speak before any command is sent. */
const textRules: readonly (Reason & { readonly pattern: RegExp })[] = [
  {
    ...tooSmall,
    pattern: /exceeds free space on media|blocks are free, \d+ to be written|does not fit on (?:media|current disk)|PACKET DOES NOT FIT/,
  },
  {
    ...notBlank,
    pattern:
      /Closed media with data detected|\*\* closed \*\*|not appendable|media is not appendable|media must be full already|already carries isofs/,
  },
  {
    code: 'no-medium',
    message: 'There is no disc in the drive that can be written.',
    advice: 'Put a blank disc in.',
    pattern:
      /mounted media doesn't appear to be|not recognized as recordable|no disc at all in the drive|No disk \/ Wrong disk|No medium found/,
  },
  {
    code: 'drive-busy',
    message: 'Another program is using the drive.',
    advice: 'Close it, and unmount the disc, then try again.',
    pattern: /Device or resource busy|is in use by|already in use|Drive is busy/i,
  },
  {
    code: 'no-permission',
    message: 'You have no permission to use this drive.',
    advice: 'On most systems your user has to be in the group that owns it, often “cdrom”.',
    pattern: /Permission denied|Operation not permitted/i,
  },
  {
    code: 'no-space',
    message: 'There is no room left where the virtual disc is.',
    advice: 'Free some space, or put it elsewhere.',
    pattern: /No space left on device/,
  },
  {
    code: 'no-drive',
    message: 'There is no such drive.',
    advice: 'isomer drives lists those that there are.',
    pattern: /No such (?:file|device)|File object '.*' not found|rejected because: not existing|Cannot acquire drive/,
  },
]

/** The first failure that a drive reported in some output; null when there is none. */
export function senseIn(text: string): Sense | null {
  const libburn = /SCSI error.*\[([0-9A-F]) ([0-9A-F]{2}) ([0-9A-F]{2})\]/.exec(text)
  if (libburn !== null) return senseOf(libburn[1], libburn[2], libburn[3])
  const growisofs = /failed with SK=([0-9A-F])h\/ASC=([0-9A-F]{2})h\/ACQ=([0-9A-F]{2})h/.exec(text)
  if (growisofs !== null) return senseOf(growisofs[1], growisofs[2], growisofs[3])
  const wodim = /(?:Sense Key: 0x([0-9A-F])[\s\S]*?)?Sense Code: 0x([0-9A-F]{2}) Qual 0x([0-9A-F]{2})/.exec(text)
  return wodim === null ? null : senseOf(wodim[1], wodim[2], wodim[3])
}

const senseOf = (key: string | undefined, code = '', qualifier = ''): Sense => ({
  key: key === undefined ? null : Number.parseInt(key, 16),
  code: Number.parseInt(code, 16),
  qualifier: Number.parseInt(qualifier, 16),
})

/** What to say when a program ended with a failure. `text` is everything that it printed, `ending` how it ended. */
export function toolFailure(tool: string, text: string, ending: string): Problem {
  const reason = reasonIn(text) ?? {
    code: 'burning-failed',
    message: `${tool} could not do its work.`,
    advice: 'The log has everything that it said.',
  }
  const { kind = 'io', code, message, advice } = reason
  return new Problem({ kind, code, message, advice, technical: `${tool} ended with ${ending}: ${firstComplaint(text)}` })
}

function reasonIn(text: string): Reason | null {
  const sense = senseIn(text)
  if (sense !== null) {
    const known = senseRules.find(({ key, codes }) => (key === undefined || key === sense.key) && (codes?.includes(sense.code) ?? true))
    if (known !== undefined) return known
  }
  const words = /failed with SK=[0-9A-F]h\/([A-Z][A-Z +-]*)/.exec(text)?.[1]
  const spelled = words === undefined ? undefined : senseRules.find((rule) => rule.words.test(words))
  return spelled ?? textRules.find(({ pattern }) => pattern.test(text)) ?? null
}

/** The first line that names a failure: what comes after it are its consequences. */
function firstComplaint(text: string): string {
  const lines = text.split('\n')
  return (lines.find((line) => /FATAL|FAILURE|:-\[|:-\(|SORRY|error occured|Cannot|failed/.test(line)) ?? lines.at(-1) ?? '').trim()
}
