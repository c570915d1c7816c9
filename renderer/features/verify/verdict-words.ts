/** Verdicts and links of the chain as people see them: each a word, a picture of its own shape, and a tone. */
import {
  CircleCheck,
  CircleDashed,
  CircleEllipsis,
  CircleX,
  Disc3,
  FileCheck2,
  KeyRound,
  type LucideIcon,
  PenLine,
  Shield,
  ShieldBan,
  ShieldCheck,
  ShieldQuestionMark,
  ShieldX,
  TriangleAlert,
  UserRound,
} from 'lucide-react'
import type { LinkPart, LinkState, Verdict } from '../../../shared/verify.ts'

export const verdictSigns: Readonly<Record<Verdict, LucideIcon>> = {
  genuine: ShieldCheck,
  intact: Shield,
  unknown: ShieldQuestionMark,
  damaged: ShieldX,
  forged: ShieldBan,
}

/** What the word means, whatever led to it. */
export const verdictMeanings: Readonly<Record<Verdict, string>> = {
  genuine: 'It is what its makers published, byte for byte.',
  intact: 'It is whole. That its makers made it is not proved.',
  unknown: 'Nothing says whether it is whole, or who made it.',
  damaged: 'It is not what it should be.',
  forged: 'Something was changed after it was signed.',
}

export const partSigns: Readonly<Record<LinkPart, LucideIcon>> = {
  image: Disc3,
  checksum: FileCheck2,
  signature: PenLine,
  key: KeyRound,
  origin: UserRound,
}

export const partTitles: Readonly<Record<LinkPart, string>> = {
  image: 'Image',
  checksum: 'Checksum',
  signature: 'Signature',
  key: 'Key',
  origin: 'Who says so',
}

export const stateSigns: Readonly<Record<LinkState, LucideIcon>> = {
  good: CircleCheck,
  caution: TriangleAlert,
  bad: CircleX,
  none: CircleDashed,
  waiting: CircleEllipsis,
}

export const stateWords: Readonly<Record<LinkState, string>> = {
  good: 'good',
  caution: 'careful',
  bad: 'bad',
  none: 'not there',
  waiting: 'not known yet',
}

/** `DF9B 9C49 EAA9 …`, as fingerprints are read out. */
export const groupedFingerprint = (fingerprint: string): string => fingerprint.replaceAll(/(.{4})(?=.)/g, '$1 ')
