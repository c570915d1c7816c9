/** Drives and discs as the questions before burning and erasing name them. */
import { usedBytes } from '../../main/drives/burn/disc-words.ts'
import { parseDriveAddress } from '../../main/drives/drive-address.ts'
import type { DriveFacts, MediumFacts, MediumKind } from '../../shared/drives.ts'
import { formatSize, say } from '../setup/speech.ts'

/** Null for a drive of its own. */
function virtualPathOf({ address }: DriveFacts): string | null {
  const { kind, path } = parseDriveAddress(address)
  return kind === 'virtual' ? path : null
}

/** `MATSHITA DVD-RAM UJ8E2 (/dev/sr0)`. */
function driveText({ vendor, model, address }: DriveFacts): string {
  const name = `${vendor} ${model}`.trim()
  return name === '' ? address : `${name} (${address})`
}

/** What is on a disc now: `blank`, `has 700 MB on it (PHOTOS)`. */
export function stateText(medium: MediumFacts): string {
  if (medium.state === 'blank') return say('shell.disc.state.blank')
  const used = usedBytes(medium)
  return say('shell.disc.state', {
    used: used > 0 ? formatSize(used) : say('shell.disc.data'),
    labelled: medium.label === null ? 'no' : 'yes',
    label: medium.label ?? '',
    closed: medium.state === 'closed' ? 'yes' : 'no',
  })
}

/** `a blank CD-R in …`, `a DVD+RW that has 4.1 GB on it (BACKUP) in …`, `the virtual disc …, which is blank`. */
export function discInDriveText(facts: DriveFacts, medium: MediumFacts): string {
  const path = virtualPathOf(facts)
  const isBlank = medium.state === 'blank'
  if (path !== null)
    return isBlank ? say('shell.disc.virtual.blank', { path }) : say('shell.disc.virtual.filled', { path, state: stateText(medium) })
  const [kind, drive] = [medium.kind ?? say('shell.disc.unknown'), driveText(facts)]
  return isBlank
    ? say('shell.disc.in-drive.blank', { kind, drive })
    : say('shell.disc.in-drive.filled', { kind, drive, state: stateText(medium) })
}

export function eraseQuestion(facts: DriveFacts, kind: MediumKind | null): string {
  const path = virtualPathOf(facts)
  return path === null
    ? say('shell.erase.ask', { kind: kind ?? say('shell.disc.any'), drive: driveText(facts) })
    : say('shell.erase.ask-virtual', { path })
}
