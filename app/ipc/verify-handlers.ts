import { writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { dialog } from 'electron'
import { ioProblem } from '../../main/bytes/io-problem.ts'
import { Problem } from '../../shared/problem.ts'
import { plainVerifyRequest } from '../../shared/verify.ts'
import { say } from '../setup/speech.ts'
import type { Services } from '../state/services.ts'
import type { GroupHandlers } from './asker.ts'

export function verifyHandlers({ sources, jobs, reader, verifyCases }: Services): GroupHandlers<'verify'> {
  const { keyFolder } = verifyCases
  return {
    bring: ({ tokens, caseId }) =>
      verifyCases.bring(
        tokens.map((token) => sources.path(token)),
        caseId,
      ),
    start: ({ caseId, expected, digests, checksContents, against }) => {
      const { imagePath, lists, offered } = verifyCases.draft(caseId)
      if (imagePath === null) throw new Problem({ kind: 'usage', code: 'no-image', message: 'There is no image to verify yet.' })
      const request = { ...plainVerifyRequest(imagePath, keyFolder), lists, offered, expected, digests, checksContents }
      return { jobId: jobs.add({ kind: 'verify', ...request, against: against === null ? null : sources.path(against) }) }
    },
    trust: async ({ caseId, fingerprint }) => {
      const paths = verifyCases
        .draft(caseId)
        .files.filter(({ role }) => role === 'key')
        .map(({ path }) => path)
      await reader.call('trustKey', { paths, fingerprint, keyFolder })
      return verifyCases.again(caseId)
    },
    keys: () => reader.call('trustedKeys', { keyFolder }),
    forgetKey: ({ fingerprint }) => reader.call('forgetKey', { fingerprint, keyFolder }),
    save: async ({ jobId }, { window }) => {
      const { result } = jobs.view(jobId)
      if (result?.kind !== 'verify') throw new Problem({ kind: 'usage', code: 'no-result', message: 'There is no result to save yet.' })
      const { canceled, filePath } = await dialog.showSaveDialog(window, {
        title: say('shell.dialog.save-result'),
        buttonLabel: say('shell.dialog.save'),
        defaultPath: join(dirname(result.path), `${basename(result.path)} verified.json`),
        filters: [{ name: 'JSON', extensions: ['json'] }],
        properties: ['createDirectory', 'showOverwriteConfirmation'],
      })
      if (canceled || !filePath) return false
      try {
        await writeFile(filePath, `${JSON.stringify(result, null, 2)}\n`)
      } catch (error) {
        throw ioProblem(error, `Could not save the result as ${filePath}.`)
      }
      return true
    },
  }
}
