/** What is being verified in the window: the files that were brought along for each image. */
import { randomUUID } from 'node:crypto'
import type { WorkbenchClient } from '../../main/jobs/workbench-client.ts'
import { publishedKey } from '../../main/verify/published-keys.ts'
import type { AdmittedSource } from '../../shared/ipc.ts'
import { Problem } from '../../shared/problem.ts'
import type { VerifyDraft } from '../../shared/verify.ts'
import type { VerifyCase } from '../../shared/verify-case.ts'
import type { SourceRegistry } from './source-registry.ts'

/** Cases that are kept; the window works on one, and older ones only wait for what still refers to them. */
const MAX_CASES = 20

interface Kept {
  readonly paths: readonly string[]
  readonly draft: VerifyDraft
}

export class VerifyCases {
  readonly #reader: Pick<WorkbenchClient, 'call'>
  readonly #sources: SourceRegistry
  readonly #keyFolder: string
  readonly #kept = new Map<string, Kept>()

  /** The reader looks at the files, in a process of its own. */
  constructor(reader: Pick<WorkbenchClient, 'call'>, sources: SourceRegistry, keyFolder: string) {
    this.#reader = reader
    this.#sources = sources
    this.#keyFolder = keyFolder
  }

  get keyFolder(): string {
    return this.#keyFolder
  }

  /** Puts files to a case; another image than before begins a new one with these files alone. */
  async bring(paths: readonly string[], caseId: string | null): Promise<VerifyCase> {
    const before = caseId === null ? null : this.draft(caseId)
    const alone = await this.#draftOf(paths)
    const isOther = before !== null && alone.imagePath !== null && before.imagePath !== null && alone.imagePath !== before.imagePath
    if (before === null || isOther) return this.#keep(randomUUID(), paths, alone)
    const all = [...new Set([...(this.#kept.get(caseId as string) as Kept).paths, ...paths])]
    return this.#keep(caseId as string, all, await this.#draftOf(all))
  }

  /** The same files once more: keys may be trusted by now, files gone. */
  async again(caseId: string): Promise<VerifyCase> {
    this.draft(caseId)
    const { paths } = this.#kept.get(caseId) as Kept
    return this.#keep(caseId, paths, await this.#draftOf(paths))
  }

  /** Throws a `usage` Problem for a case that is not kept. */
  draft(caseId: string): VerifyDraft {
    const kept = this.#kept.get(caseId)
    if (kept !== undefined) return kept.draft
    throw new Problem({
      kind: 'usage',
      code: 'unknown-case',
      message: 'What was to be verified is not known any more.',
      advice: 'Drop the files again.',
    })
  }

  #draftOf(paths: readonly string[]): Promise<VerifyDraft> {
    return this.#reader.call('draftVerify', { paths, keyFolder: this.#keyFolder })
  }

  async #keep(caseId: string, paths: readonly string[], draft: VerifyDraft): Promise<VerifyCase> {
    this.#kept.delete(caseId)
    this.#kept.set(caseId, { paths, draft })
    for (const oldest of [...this.#kept.keys()].slice(0, -MAX_CASES)) this.#kept.delete(oldest)
    const { imagePath, choices, files, chain, offeredKeys, warnings } = draft
    return {
      caseId,
      image: imagePath === null ? null : ((await this.#sources.admit([imagePath]))[0] as AdmittedSource),
      choices: await this.#sources.admit(choices),
      files: files.map(({ path, role }) => ({ name: path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1), role })),
      chain,
      offeredKeys: offeredKeys.map((key) => ({ ...key, publisher: publishedKey(key.fingerprint) })),
      warnings,
    }
  }
}
