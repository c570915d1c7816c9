import { targetWords } from '../../main/drives/flash/flash-checks.ts'
import { chooseTarget } from '../../main/drives/flash/flash-image.ts'
import { formatExactBytes } from '../../shared/format.ts'
import type { Services } from '../state/services.ts'
import type { GroupHandlers } from './asker.ts'
import { confirmed } from './confirmed.ts'

export function flashHandlers({ jobs, sources, sticks }: Services): GroupHandlers<'flash'> {
  return {
    sticks: () => sticks.look(),
    start: async ({ stickId, source, verify }, { window }) => {
      const request = { imagePath: sources.path(source), device: sticks.path(stickId), verify }
      const target = await chooseTarget(request, await sticks.adapter())
      const labels = target.labels.length === 0 ? '' : ` (${target.labels.join(', ')})`
      const mounted = target.mountPoints.length === 0 ? '' : '\n\nIt is in use as a drive now, and is taken out of use first.'
      const isSure = await confirmed(window, {
        message: `Write over all of ${targetWords(target)}?`,
        detail: `It holds ${formatExactBytes(target.sizeBytes)}. Everything on it is lost${labels}.${mounted}`,
        yes: 'Erase and Write',
      })
      return isSure ? { jobId: jobs.add({ kind: 'flash', ...request }) } : null
    },
  }
}
