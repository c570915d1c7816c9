/** Whether something can be burned to a disc, before anything is touched: pure decisions. */
import { takesSessions } from '../../../shared/drive-rows.ts'
import type { DriveFacts, MediumFacts, MediumKind } from '../../../shared/drives.ts'
import { formatSize } from '../../../shared/format.ts'
import { Problem } from '../../../shared/problem.ts'
import { noMedium } from '../../bytes/sector-source.ts'
import { closedSentence, discInDriveWords, driveWords, fullSentence } from './disc-words.ts'

/** Pressed discs. */
const READ_ONLY: readonly (MediumKind | null)[] = ['CD-ROM', 'DVD-ROM', 'BD-ROM']
/** Drives can practise on these only (MMC-6, the Test Write bits of features 2Dh, 2Eh and 2Fh). */
const PRACTICE: readonly (MediumKind | null)[] = ['CD-R', 'CD-RW', 'DVD-R', 'DVD-R DL', 'DVD-RW', 'virtual disc']

export interface BurnWish {
  readonly sizeBytes: number
  readonly simulate: boolean
  /** Whether what is on a rewritable disc may be destroyed. */
  readonly erase: boolean
  /** Whether others may follow the session that is written. */
  readonly leaveOpen?: boolean
  /** Whether to write behind what is there. */
  readonly append?: boolean
}

export interface BurnDecision {
  readonly medium: MediumFacts
  /** Whether the disc has to be erased first. */
  readonly mustErase: boolean
}

/** Throws a `usage` Problem that says why it can't be burned, or not without being told to erase. */
export function decideBurn(drive: DriveFacts, wish: BurnWish): BurnDecision {
  const medium = requireWritable(drive)
  if ((wish.append || wish.leaveOpen) && !takesSessions(medium)) throw noSessions(medium)
  if (wish.append && medium.state === 'closed') throw closed(drive, medium)
  const mustErase = medium.state !== 'blank' && !wish.append
  if (mustErase && !medium.isRewritable) throw full(drive, medium)
  if (mustErase && !wish.erase) throw hasData(drive, medium)
  if (wish.simulate && mustErase && !medium.isOverwritable) throw cannotPracticeOnFull()
  if (wish.simulate && !PRACTICE.includes(medium.kind)) throw cannotPractice(medium)
  requireRoom(medium, mustErase, wish.sizeBytes)
  return { medium, mustErase }
}

/** Throws a `usage` Problem unless there is a disc that can be erased. */
export function decideErase(drive: DriveFacts): MediumFacts {
  const medium = requireWritable(drive)
  if (medium.isRewritable) return medium
  throw new Problem({
    kind: 'usage',
    code: 'not-rewritable',
    message: `A ${medium.kind ?? 'disc of this kind'} can’t be erased.`,
    kept: 'The disc is as it was.',
  })
}

function requireWritable(drive: DriveFacts): MediumFacts {
  const { medium, unknownBecause } = drive
  if (medium === null) throw noMedium(driveWords(drive))
  if (READ_ONLY.includes(medium.kind))
    throw new Problem({
      kind: 'usage',
      code: 'read-only-disc',
      message: `The disc in ${driveWords(drive)} is a ${medium.kind}, which can’t be written.`,
      kept: 'Nothing was done.',
      advice: 'Put in a disc for burning, such as a CD-R or DVD+R.',
    })
  if (unknownBecause !== null && medium.capacityBytes === null)
    throw new Problem({
      kind: 'io',
      code: 'disc-unknown',
      message: `What is in ${driveWords(drive)} could not be found out. ${unknownBecause}`,
      kept: 'Nothing was done.',
    })
  return medium
}

/** A rewritable disc that is erased has all its room again. */
function requireRoom(medium: MediumFacts, isErased: boolean, sizeBytes: number): void {
  const roomBytes = isErased ? Math.max(medium.capacityBytes ?? 0, medium.freeBytes) : medium.freeBytes
  if (sizeBytes <= roomBytes) return
  throw new Problem({
    kind: 'usage',
    code: 'disc-too-small',
    message: `It has ${formatSize(sizeBytes)}, and there is room for ${formatSize(roomBytes)} on this ${medium.kind ?? 'disc'}.`,
    kept: 'The disc is as it was.',
    advice: 'Use a larger disc, or leave something out.',
  })
}

function full(drive: DriveFacts, medium: MediumFacts): Problem {
  return new Problem({
    kind: 'usage',
    code: 'disc-closed',
    message: fullSentence(drive, medium),
    kept: 'The disc is as it was.',
    advice: medium.state === 'appendable' ? 'Put in a blank disc, or add files to this one (--append).' : 'Put in a blank disc.',
  })
}

function hasData(drive: DriveFacts, medium: MediumFacts): Problem {
  return new Problem({
    kind: 'usage',
    code: 'disc-has-data',
    message: `There is data on the disc: ${discInDriveWords(drive, medium)}.`,
    kept: 'The disc is as it was.',
    advice: 'Put in another disc, or say that this one may be erased (--erase).',
  })
}

function noSessions({ kind }: MediumFacts): Problem {
  return new Problem({
    kind: 'usage',
    code: 'no-sessions',
    message: `A ${kind ?? 'disc of this kind'} has no sessions: it is written once, as a whole.`,
    kept: 'The disc is as it was.',
    advice: 'Use a CD-R, DVD-R, DVD+R or BD-R, or burn all files at once.',
  })
}

function closed(drive: DriveFacts, medium: MediumFacts): Problem {
  return new Problem({
    kind: 'usage',
    code: 'disc-closed',
    message: closedSentence(drive, medium),
    kept: 'The disc is as it was.',
    advice: 'Put in a disc that was left open (--leave-open), or a blank one.',
  })
}

function cannotPractice({ kind }: MediumFacts): Problem {
  return new Problem({
    kind: 'usage',
    code: 'no-simulation',
    message: `Drives can’t simulate burning a ${kind ?? 'disc of this kind'}.`,
    kept: 'The disc is as it was.',
    advice: 'Burn it, or use a CD-R, CD-RW, DVD-R or DVD-RW.',
  })
}

function cannotPracticeOnFull(): Problem {
  return new Problem({
    kind: 'usage',
    code: 'simulation-needs-blank',
    message: 'A simulation would have to erase the disc first.',
    kept: 'The disc is as it was.',
    advice: 'Erase it, then simulate.',
  })
}
