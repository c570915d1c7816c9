import { basename } from 'node:path'
import { powerMonitor } from 'electron'
import { decideBurn } from '../../main/drives/burn/burn-checks.ts'
import { discInDriveWords, stateWords } from '../../main/drives/burn/disc-words.ts'
import { addressText } from '../../main/drives/drive-address.ts'
import type { BurnForecast, BurnWishes } from '../../shared/drive-rows.ts'
import type { BurnRequest, BurnSource, DriveFacts } from '../../shared/drives.ts'
import { formatCount, formatSize } from '../../shared/format.ts'
import { Problem, type ProblemReport, problemReport } from '../../shared/problem.ts'
import type { Services } from '../state/services.ts'
import type { GroupHandlers } from './asker.ts'
import { type Confirmation, confirmed } from './confirmed.ts'

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
      const lost = medium !== null && medium.state !== 'blank' && medium.isRewritable ? stateWords(medium) : null
      const toolOf = () => (medium === null ? null : adapter.toolFor('burn', drives.address(driveId), medium))
      const { source: _source, problem, ...known } = what
      const seen = { ...known, lost, isOnBattery: powerMonitor.isOnBatteryPower() }
      try {
        if (problem === null && what.sizeBytes !== null) decideBurn(facts, { ...wishes, sizeBytes: what.sizeBytes })
        return { ...seen, problem, tool: toolOf() }
      } catch (thrown) {
        return { ...seen, problem: problem ?? problemReport(thrown), tool: null }
      }
    },
    start: async ({ driveId, source, wishes }, { window }) => {
      const what = await burnable(source)
      if (what.problem !== null || what.sizeBytes === null) throw new Problem(what.problem ?? nothingToBurn)
      const facts = await drives.facts(driveId)
      const { mustErase } = decideBurn(facts, { ...wishes, sizeBytes: what.sizeBytes })
      if (!(await confirmed(window, confirmation(what, facts, wishes, mustErase)))) return null
      const request: BurnRequest = { source: what.source, drive: addressText(drives.address(driveId)), ...wishes }
      return { jobId: jobs.add({ kind: 'burn', ...request }) }
    },
  }
}

const nothingToBurn: ProblemReport = { kind: 'usage', code: 'nothing-to-make', message: 'There is nothing to burn yet.' }

/** Names what is burned, drive and disc, and what is lost by it. */
function confirmation({ title, sizeBytes }: Burnable, facts: DriveFacts, wishes: BurnWishes, mustErase: boolean): Confirmation {
  const { medium } = facts
  if (medium === null) throw new Error('a burn was decided without a disc')
  const size = formatSize(sizeBytes ?? 0)
  const isLost = mustErase && !wishes.simulate
  const kind = medium.kind ?? 'disc'
  const details = [
    `${size} are written to ${discInDriveWords(facts, medium)}.`,
    ...(isLost ? [`The disc is erased first: all that is on it is lost. It ${stateWords(medium)}.`] : []),
    ...(wishes.simulate ? ['This is a simulation: the disc stays as it is.'] : []),
    ...(wishes.copies > 1 ? [`${formatCount(wishes.copies, 'disc is', 'discs are')} made, one after the other.`] : []),
    ...(medium.isRewritable || wishes.simulate ? [] : [`A ${kind} can be written once.`]),
  ]
  return {
    message: `${wishes.simulate ? 'Simulate burning' : 'Burn'} “${title}”?`,
    detail: details.join('\n\n'),
    yes: wishes.simulate ? 'Simulate' : isLost ? 'Erase and Burn' : `Burn to ${kind === 'virtual disc' ? 'the Virtual Disc' : kind}`,
  }
}
