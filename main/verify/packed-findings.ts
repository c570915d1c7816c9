/** Whether a packed image can be expanded to its end, and whether its contents are as its own sum says. */
import type { Finding } from '../../shared/image-model.ts'
import type { JobControl } from '../../shared/job.ts'
import { Problem } from '../../shared/problem.ts'
import type { ByteSource } from '../bytes/byte-source.ts'
import { sumOfSource } from '../bytes/source-sum.ts'
import type { OpenedFile } from '../containers/open-container.ts'

/** Reads all that is packed; nothing where nothing is. */
export async function packedFindings({ container, wrappers, source }: OpenedFile, control: JobControl): Promise<Finding[]> {
  const own = container?.ownSum ?? null
  if (own === null && wrappers.length === 0) return []
  const content = own?.content ?? source
  let sum: string
  try {
    sum = await sha1Of(content, control)
  } catch (error) {
    if (!(error instanceof Problem) || error.report.kind !== 'image') throw error
    return [{ code: error.report.code, severity: 'damaged', message: error.message }]
  }
  if (own === null) return []
  if (sum !== own.sha1) {
    const message = `The contents are not what the checksum in the file says (SHA-1 ${own.sha1}).`
    return [{ code: 'own-sum-wrong', severity: 'damaged', message }]
  }
  control.log('info', `The contents are as the checksum in the file says (SHA-1 ${own.sha1}).`)
  return []
}

function sha1Of(content: ByteSource, control: JobControl): Promise<string> {
  return sumOfSource(content, 'sha1', (doneBytes) => {
    const turn = control.checkpoint()
    if (turn === undefined) return undefined
    control.progress({ phase: 'read', doneBytes, totalBytes: content.sizeBytes, doneItems: 0, current: null })
    return turn
  })
}
