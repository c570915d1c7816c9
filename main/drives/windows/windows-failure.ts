/** Why Windows gave up, from the number that it gives (imapi2error.h, winerror.h): one plain sentence for each reason. */
import { Problem } from '../../../shared/problem.ts'
import { sentences } from '../../../shared/sentences.ts'
import { noMedium } from '../../bytes/sector-source.ts'
import { eventsOf, type ScriptEvent } from './script-events.ts'

type Reason = readonly [code: string, message: string, advice: string]

const TRY_ANOTHER = 'Try another disc or another make.'
const TRY_AGAIN = 'Wait a moment, then try again.'
const busy: Reason = ['drive-busy', 'Another program is using the drive.', 'Close it, then try again.']
const loading: Reason = ['drive-not-ready', 'The drive is not ready yet.', TRY_AGAIN]
const unknownDisc: Reason = ['unsuitable-disc', 'Windows can’t write this kind of disc in this drive.', 'Use another kind of disc.']
const silent: Reason = [
  'drive-failed',
  'The drive did not answer as it should.',
  'Check its cable and power, then try again with another disc.',
]

const reasons: Readonly<Record<number, Reason>> = {
  3232367106: ['no-medium', 'There is no disc in the drive.', 'Put a blank disc in.'],
  3232367107: unknownDisc,
  3232367108: ['upside-down', 'The disc lies upside down in the drive.', 'Turn it over.'],
  3232367109: loading,
  3232367110: ['drive-not-ready', 'The disc is being formatted.', TRY_AGAIN],
  3232367111: ['drive-not-ready', 'The drive is still busy with what it did before.', TRY_AGAIN],
  3232367113: ['write-protected', 'The disc is write-protected.', 'Use another disc.'],
  3232367117: silent,
  3232367119: ['speed', 'The disc is not made for a speed that this drive has.', 'Choose another speed, or use another make of disc.'],
  3232367120: busy,
  3232367122: ['not-formatted', 'The disc is not formatted.', 'Erase it first.'],
  3232367359: silent,
  3232367360: [
    'too-slow',
    'The image was not read fast enough for the drive.',
    'Choose a lower speed, and close what keeps the computer busy.',
  ],
  3232367361: silent,
  3232366594: ['stopped', 'Writing was stopped.', 'The log has everything that was said.'],
  3232367618: unknownDisc,
  3232367620: ['disc-too-small', 'The data does not fit on this disc.', 'Use a larger disc, or leave something out.'],
  3232367621: ['has-data', 'There is something on the disc.', 'Use a blank one, or erase it first.'],
  3232367622: unknownDisc,
  3232367623: ['no-burner', 'This drive does not write discs.', 'Use a drive that does.'],
  2158627072: busy,
  2158627076: ['not-rewritable', 'This disc can’t be erased.', 'Use a blank one.'],
  2158627077: ['erase-failed', 'The drive could not erase the disc.', TRY_ANOTHER],
  2158627078: ['erase-failed', 'Erasing took longer than an hour.', TRY_ANOTHER],
  2158627079: ['erase-failed', 'The drive could not erase the disc.', TRY_ANOTHER],
  2158627080: ['erase-failed', 'The drive could not erase the disc.', TRY_ANOTHER],
  2147942405: ['not-allowed', 'Windows does not allow it.', 'Do it as an administrator.'],
  2147942421: loading,
  2147942432: busy,
  2147942402: ['image-gone', 'The image is not where it was.', 'Start again.'],
  2147943517: ['write-error', 'The drive could not write this disc.', sentences(TRY_ANOTHER, 'A lower speed can help too.')],
  2147746132: ['no-imapi', 'This Windows has no Image Mastering (IMAPI2), which burns discs.', 'Install its media features.'],
}

const refusals: Readonly<Record<string, Reason>> = {
  'no-recorder': ['no-burner', 'This drive does not write discs, or it is gone.', 'isomer drives lists those that there are.'],
  'not-erasable': ['not-rewritable', 'Windows can’t erase this disc.', 'Use a blank one.'],
}

/** Of what a script printed; `ending` for experts when it said nothing. */
export function windowsFailure(output: string, ending: string): Problem {
  const said = eventsOf('failed', output).at(-1) ?? eventsOf('refused', output).at(-1) ?? null
  const known = said === null ? undefined : reasonOf(said)
  if (known?.[0] === 'no-medium') return noMedium('the drive')
  const [code, message, advice] = known ?? ['burning-failed', 'Windows could not do it.', 'The log has everything that was said.']
  return new Problem({ kind: 'io', code, message, advice, technical: technicalOf(said, output, ending) })
}

function reasonOf(said: ScriptEvent): Reason | undefined {
  if (said.event === 'failed') return reasons[said.hresult >>> 0]
  return said.event === 'refused' ? refusals[said.reason] : undefined
}

function technicalOf(said: ScriptEvent | null, output: string, ending: string): string {
  if (said?.event === 'failed') return `0x${(said.hresult >>> 0).toString(16).toUpperCase()}: ${said.message.trim()}`
  if (said?.event === 'refused') return `${said.reason} ${said.what}`.trim()
  return `PowerShell ended with ${ending}: ${output.trim().split('\n').at(-1) ?? ''}`
}
