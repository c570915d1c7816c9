/** A disc as the command line speaks of it. */
import type { DriveFacts, MediumFacts, MediumKind } from '../../shared/drives.ts'
import { contentWords, driveWords } from '../drives/burn/disc-words.ts'
import { parseDriveAddress } from '../drives/drive-address.ts'

/** `the CD-R in …`, `the virtual disc …`. */
export function theDiscWords(facts: DriveFacts, kind: MediumKind | null): string {
  const words = driveWords(facts)
  return parseDriveAddress(facts.address).kind === 'virtual' ? words : `the ${kind ?? 'disc'} in ${words}`
}

/** What is on a disc now: `blank`, `has 700 MB on it (PHOTOS)`. */
export const stateWords = (medium: MediumFacts): string => (medium.state === 'blank' ? 'blank' : `has ${contentWords(medium)}`)
