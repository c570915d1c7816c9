import { chooseTarget } from '../../main/drives/flash/flash-image.ts'
import type { FlashTarget } from '../../shared/drives.ts'
import { formatExactBytes, formatSize, say } from '../setup/speech.ts'
import type { Services } from '../state/services.ts'
import type { GroupHandlers } from './asker.ts'
import { type Confirmation, confirmed } from './confirmed.ts'

export function flashHandlers({ jobs, sources, sticks }: Services): GroupHandlers<'flash'> {
  return {
    sticks: () => sticks.look(),
    start: async ({ stickId, source, verify }, { window }) => {
      const request = { imagePath: sources.path(source), device: sticks.path(stickId), verify }
      const target = await chooseTarget(request, await sticks.adapter())
      const isSure = await confirmed(window, confirmation(target))
      return isSure ? { jobId: jobs.add({ kind: 'flash', ...request }) } : null
    },
  }
}

/** Names the stick and what is lost on it. */
function confirmation({ vendor, model, path, sizeBytes, labels, mountPoints }: FlashTarget): Confirmation {
  const name = [vendor, model].filter((part) => part !== '').join(' ') || say('shell.flash.disk')
  const bytes = formatExactBytes(sizeBytes)
  const lost = say('shell.flash.detail', { bytes, labelled: labels.length > 0 ? 'yes' : 'no', labels: labels.join(', ') })
  return {
    message: say('shell.flash.ask', { stick: say('shell.flash.stick', { name, path, size: formatSize(sizeBytes) }) }),
    detail: mountPoints.length === 0 ? lost : `${lost}\n\n${say('shell.flash.mounted')}`,
    yes: say('shell.flash.yes'),
  }
}
