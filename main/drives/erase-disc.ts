/** Makes a rewritable disc blank again. */
import type { EraseRequest, EraseResult } from '../../shared/drives.ts'
import type { JobControl } from '../../shared/job.ts'
import { decideErase } from './burn/burn-checks.ts'
import { discInDriveWords } from './burn/disc-words.ts'
import { supervise } from './burn/supervised-work.ts'
import type { DriveAdapter } from './drive-adapter.ts'
import { parseDriveAddress } from './drive-address.ts'

/** Throws a `usage` Problem when there is nothing that can be erased, else what the drive says. */
export async function eraseDisc({ drive, full }: EraseRequest, adapter: DriveAdapter, control: JobControl): Promise<EraseResult> {
  const startedMs = Date.now()
  const address = parseDriveAddress(drive)
  const facts = await adapter.look(address)
  const medium = decideErase(facts)
  const { tool, reason } = adapter.toolFor('erase', address, medium)
  control.log('info', `Erasing ${discInDriveWords(facts, medium)}, with ${tool}: ${reason}`)
  const work = adapter.erase(address, medium, full, {
    line: (text) => control.log('info', text),
    event: ({ fraction }) =>
      control.progress({
        phase: 'erase',
        doneBytes: Math.round((fraction ?? 0) * (medium.capacityBytes ?? 0)),
        totalBytes: fraction === null ? null : medium.capacityBytes,
        doneItems: 0,
        current: null,
      }),
  })
  await supervise(work, control)
  const { medium: erased, unknownBecause } = await adapter.look(address)
  const sizeBytes = (unknownBecause === null ? erased?.freeBytes : medium.capacityBytes) ?? 0
  return { kind: 'erase', path: drive, mediumKind: medium.kind, sizeBytes, tool, durationMs: Date.now() - startedMs }
}
