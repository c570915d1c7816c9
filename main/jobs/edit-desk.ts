/** The edit of an image that is looked at: changes go one after another, looks are answered in between. */
import type { DraftForecast, DraftPage, DraftRow, DraftSummary } from '../../shared/edit-draft.ts'
import type { EditMode, EditStep } from '../../shared/image-edit.ts'
import { Problem } from '../../shared/problem.ts'
import { EditDraft } from '../image/browse/edit-draft.ts'
import type { ProcessJobControl } from './process-job-control.ts'

export class EditDesk {
  readonly #control: ProcessJobControl
  #draft: Promise<EditDraft> | null = null
  #lastChange: Promise<unknown> = Promise.resolve()
  #latestRows: { readonly path: string; readonly rows: readonly DraftRow[] | null } | null = null

  constructor(control: ProcessJobControl) {
    this.#control = control
  }

  /** Begins, or gives what was begun. */
  async begin(imagePath: string): Promise<DraftSummary> {
    this.#draft ??= EditDraft.of(imagePath, this.#control)
    try {
      return (await this.#draft).summary
    } catch (error) {
      this.#draft = null
      throw error
    }
  }

  apply(steps: readonly EditStep[]): Promise<DraftSummary> {
    return this.#change((draft) => draft.apply(steps, this.#control))
  }

  takeBack(index: number): Promise<DraftSummary> {
    return this.#change((draft) => draft.takeBack(index, this.#control))
  }

  undo(): Promise<DraftSummary> {
    return this.#change((draft) => draft.undo(this.#control))
  }

  redo(): Promise<DraftSummary> {
    return this.#change((draft) => draft.redo(this.#control))
  }

  async end(): Promise<null> {
    const draft = this.#draft
    this.#draft = null
    this.#latestRows = null
    ;(await draft)?.close()
    return null
  }

  /** Pages of one folder are asked for one after another: its rows are made once for them. */
  async rows(path: string, from: number, to: number): Promise<DraftPage> {
    const draft = await this.#current()
    if (this.#latestRows?.path !== path) this.#latestRows = { path, rows: draft.rows(path) }
    const { rows } = this.#latestRows
    return { isThere: rows !== null, rows: rows?.slice(from, to) ?? [], count: rows?.length ?? 0 }
  }

  async forecast(mode: EditMode, label: string | null): Promise<DraftForecast> {
    return (await this.#current()).forecast(mode, label, this.#control)
  }

  async steps(): Promise<readonly EditStep[]> {
    return (await this.#current()).steps
  }

  #current(): Promise<EditDraft> {
    if (this.#draft !== null) return this.#draft
    throw new Problem({ kind: 'usage', code: 'no-edit', message: 'This image is not being edited.' })
  }

  #change(work: (draft: EditDraft) => Promise<void>): Promise<DraftSummary> {
    const turn = this.#lastChange.then(async () => {
      const draft = await this.#current()
      await work(draft).finally(() => {
        this.#latestRows = null
      })
      return draft.summary
    })
    this.#lastChange = turn.catch(() => {}) // told to whoever asked; the next change goes on
    return turn
  }
}
