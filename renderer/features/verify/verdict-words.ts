/** Verdicts and links of the chain as people see them: each a picture of its own shape. */
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

export const partSigns: Readonly<Record<LinkPart, LucideIcon>> = {
  image: Disc3,
  checksum: FileCheck2,
  signature: PenLine,
  key: KeyRound,
  origin: UserRound,
}

export const stateSigns: Readonly<Record<LinkState, LucideIcon>> = {
  good: CircleCheck,
  caution: TriangleAlert,
  bad: CircleX,
  none: CircleDashed,
  waiting: CircleEllipsis,
}

/** `DF9B 9C49 EAA9 …`, as fingerprints are read out. */
export const groupedFingerprint = (fingerprint: string): string => fingerprint.replaceAll(/(.{4})(?=.)/g, '$1 ')
