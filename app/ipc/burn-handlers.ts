import { basename } from 'node:path'
import { powerMonitor } from 'electron'
import { requireAddable } from '../../main/drives/burn/added-session.ts'
import { type BurnDecision, decideBurn } from '../../main/drives/burn/burn-checks.ts'
import { contentWords } from '../../main/drives/burn/disc-words.ts'
import type { DriveAdapter, SessionOrder } from '../../main/drives/drive-adapter.ts'
import { addressText, type DriveAddress } from '../../main/drives/drive-address.ts'
import { type BurnForecast, type BurnWishes, canBeAddedTo, takesSessions } from '../../shared/drive-rows.ts'
import type { BurnRequest, BurnSource, DriveFacts, MediumFacts } from '../../shared/drives.ts'
import { Problem, type ProblemReport, problemReport } from '../../shared/problem.ts'
import { formatSize, fromEngine, say } from '../setup/speech.ts'
import type { Services } from '../state/services.ts'
import type { GroupHandlers } from './asker.ts'
import { type Confirmation, confirmed } from './confirmed.ts'
import { discInDriveText, stateText } from './disc-text.ts'

/** What is to be burned, as far as it is known. */
interface Burnable extends Pick<BurnForecast, 'title' | 'sizeBytes' | 'cutOff' | 'unknownBecause'> {
  readonly source: BurnSource
  /** Why it can't be made as it stands. */
  readonly problem: ProblemReport | null
}

export function burnHandlers({ drives, jobs, reader, sources, workbench }: Services): GroupHandlers<'burn'> {
  const burnable = async (token: string | null): Promise<Burnable> => {
    if (token !== null) {
      const path = sources.path(token)
      const file = await reader.call('burnCheck', path)
      return { ...file, title: basename(path), source: { kind: 'image', path }, problem: null }
    }
    const { label, imageSizeBytes, problem } = await workbench.call('summary', null)
    const project = workbench.project
    return { title: label, sizeBytes: imageSizeBytes, cutOff: null, unknownBecause: null, problem, source: { kind: 'project', project } }
  }
  return {
    forecast: async ({ driveId, source, wishes }) => {
      const facts = drives.known(driveId)
      const adapter = await drives.adapter()
      const what = await burnable(source)
      const { medium } = facts
      const isLost = medium !== null && medium.state !== 'blank' && medium.isRewritable && !wishes.append
      const lost = isLost ? contentWords(medium) : null
      const address = drives.address(driveId)
      const toolOf = () => (medium === null ? null : adapter.toolFor('burn', address, medium, sessionsOf(wishes)))
      const { source: _source, problem, ...known } = what
      const seen = { ...known, lost, ...sessionChances(adapter, address, medium, what), isOnBattery: powerMonitor.isOnBatteryPower() }
      try {
        if (problem === null && what.sizeBytes !== null) decide(what, facts, wishes)
        return { ...seen, problem, tool: toolOf() }
      } catch (thrown) {
        return { ...seen, problem: problem ?? problemReport(thrown), tool: null }
      }
    },
    start: async ({ driveId, source, wishes }, { window }) => {
      const what = await burnable(source)
      if (what.problem !== null || what.sizeBytes === null) throw new Problem(what.problem ?? nothingToBurn)
      const facts = await drives.facts(driveId)
      const { mustErase } = decide(what, facts, wishes)
      if (!(await confirmed(window, confirmation(what, facts, wishes, mustErase)))) return null
      const request: BurnRequest = { source: what.source, drive: addressText(drives.address(driveId)), ...wishes }
      return { jobId: jobs.add({ kind: 'burn', ...request }) }
    },
  }
}

/** Throws a `usage` Problem that says why it can't be burned as wished. */
function decide({ source, sizeBytes }: Burnable, facts: DriveFacts, wishes: BurnWishes): BurnDecision {
  requireAddable({ ...wishes, source, drive: facts.address })
  return decideBurn(facts, { ...wishes, sizeBytes: sizeBytes ?? 0 })
}

const sessionsOf = ({ append, leaveOpen }: BurnWishes): SessionOrder | undefined =>
  append || leaveOpen ? { isAdded: append, leaveOpen } : undefined

function sessionChances(
  adapter: DriveAdapter,
  address: DriveAddress,
  medium: MediumFacts | null,
  { source }: Burnable,
): Pick<BurnForecast, 'canLeaveOpen' | 'canAppend'> {
  if (medium === null || !takesSessions(medium)) return { canLeaveOpen: false, canAppend: false }
  const hasTool = (sessions: SessionOrder): boolean => {
    try {
      adapter.toolFor('burn', address, medium, sessions)
      return true
    } catch (thrown) {
      if (thrown instanceof Problem) return false
      throw thrown
    }
  }
  return {
    canLeaveOpen: hasTool({ isAdded: false, leaveOpen: true }),
    canAppend:
      source.kind === 'project' &&
      canBeAddedTo(medium) &&
      adapter.nextSession !== undefined &&
      hasTool({ isAdded: true, leaveOpen: false }),
  }
}

const nothingToBurn: ProblemReport = { kind: 'usage', code: 'nothing-to-make', message: 'There is nothing to burn yet.' }

/** Names what is burned, drive and disc, and what is lost by it. */
function confirmation({ title, sizeBytes }: Burnable, facts: DriveFacts, wishes: BurnWishes, mustErase: boolean): Confirmation {
  const { medium } = facts
  if (medium === null) throw new Error('a burn was decided without a disc')
  const size = formatSize(sizeBytes ?? 0)
  const isLost = mustErase && !wishes.simulate
  const isAdded = wishes.append && medium.state !== 'blank'
  const isFinal = !medium.isRewritable && !wishes.simulate
  const disc = discInDriveText(facts, medium)
  const details = [
    isAdded ? say('shell.burn.added', { size, disc }) : say('shell.burn.written', { size, disc }),
    isLost && say('shell.burn.erased', { state: stateText(medium) }),
    wishes.simulate && say('shell.burn.simulated'),
    wishes.copies > 1 && say('shell.burn.copies', { count: wishes.copies }),
    isAdded && say('shell.burn.stays'),
    wishes.leaveOpen && say('shell.burn.left-open'),
    isAdded && !wishes.leaveOpen && say('shell.burn.closed'),
    isFinal && !isAdded && say('shell.burn.once', { kind: medium.kind ?? say('shell.disc.any') }),
  ]
  const ask = wishes.simulate ? 'shell.burn.ask-simulate' : isAdded ? 'shell.burn.ask-add' : 'shell.burn.ask'
  return {
    message: say(ask, { title: fromEngine(title) }),
    detail: details.filter((detail) => detail !== false).join('\n\n'),
    yes: yesWords(wishes, isLost, isAdded, medium),
  }
}

function yesWords({ simulate }: BurnWishes, isLost: boolean, isAdded: boolean, { kind }: MediumFacts): string {
  if (simulate) return say('shell.burn.yes-simulate')
  if (isLost) return say('shell.burn.yes-erase')
  const disc = kind === 'virtual disc' ? say('shell.burn.yes-virtual') : (kind ?? say('shell.disc.any'))
  return isAdded ? say('shell.burn.yes-add', { disc }) : say('shell.burn.yes', { disc })
}
