/** The images that are edited in the window: what waits to be saved, and what was. */
import { type DraftForecast, type DraftSummary, editModeOf, type SaveWay } from '../../shared/edit-draft.ts'
import type { EditStep } from '../../shared/image-edit.ts'
import type { JobSpec, JobView } from '../../shared/job.ts'
import { Problem } from '../../shared/problem.ts'
import type { OpenedImages } from './opened-images.ts'

interface Edit {
  summary: DraftSummary
  label: string | null
  /** What was written last; null when nothing was. */
  saved: { readonly revision: number; readonly label: string | null } | null
}

type EditSpec = Extract<JobSpec, { kind: 'edit' }>
type Images = Pick<OpenedImages, 'client' | 'facts' | 'path' | 'has'>

export class Edits {
  readonly #images: Images
  readonly #edits = new Map<string, Edit>()
  /** Jobs that write an edit, with what of it they write. */
  readonly #saving = new Map<string, { readonly edit: Edit; readonly saved: NonNullable<Edit['saved']> }>()

  constructor(images: Images) {
    this.#images = images
  }

  /** Begins, or gives what was begun. Throws Problems for what can't be edited. */
  async begin(imageId: string): Promise<DraftSummary> {
    const summary = await this.#images.client(imageId).call('editBegin', null)
    const edit = this.#edits.get(imageId)
    if (edit) edit.summary = summary
    else this.#edits.set(imageId, { summary, label: null, saved: null })
    return summary
  }

  summary(imageId: string): DraftSummary | null {
    return this.#edits.get(imageId)?.summary ?? null
  }

  setLabel(imageId: string, label: string | null): void {
    this.#get(imageId).label = label
  }

  apply(imageId: string, steps: readonly EditStep[]): Promise<DraftSummary> {
    return this.#changed(imageId, this.#images.client(imageId).call('editApply', steps))
  }

  takeBack(imageId: string, index: number): Promise<DraftSummary> {
    return this.#changed(imageId, this.#images.client(imageId).call('editTakeBack', { index }))
  }

  undo(imageId: string): Promise<DraftSummary> {
    return this.#changed(imageId, this.#images.client(imageId).call('editUndo', null))
  }

  redo(imageId: string): Promise<DraftSummary> {
    return this.#changed(imageId, this.#images.client(imageId).call('editRedo', null))
  }

  /** The image is closed, and its reader with all of it gone. */
  forget(imageId: string): void {
    this.#edits.delete(imageId)
  }

  async end(imageId: string): Promise<void> {
    this.#edits.delete(imageId)
    await this.#images.client(imageId).call('editEnd', null)
  }

  /** What writing the changes would come to. */
  forecast(imageId: string, way: SaveWay): Promise<DraftForecast> {
    return this.#images.client(imageId).call('editForecast', { mode: editModeOf(way), label: this.#get(imageId).label })
  }

  /** The job that writes the changes as they are now. */
  async spec(imageId: string, way: SaveWay, target: Pick<EditSpec, 'outPath' | 'overwrite'>): Promise<EditSpec> {
    const { label } = this.#get(imageId)
    const steps = await this.#images.client(imageId).call('editSteps', null)
    return { kind: 'edit', imagePath: this.#images.path(imageId), ...target, steps, label, mode: editModeOf(way), exclude: [] }
  }

  /** From here on the job is watched: when it is done, what it wrote needs no more saving. */
  isSavedBy(imageId: string, jobId: string): void {
    const edit = this.#get(imageId)
    this.#saving.set(jobId, { edit, saved: { revision: edit.summary.revision, label: edit.label } })
  }

  /** Takes what the queue tells of its jobs. */
  hear(job: Pick<JobView, 'id' | 'state' | 'endedAtMs'>): void {
    const saving = this.#saving.get(job.id)
    if (!saving || job.endedAtMs === null) return
    this.#saving.delete(job.id)
    if (job.state === 'done') saving.edit.saved = saving.saved
  }

  /** Names of the images with changes that are neither written nor being written. */
  unsaved(): string[] {
    const isKept = (edit: Edit) => [edit.saved, ...[...this.#saving.values()].filter((job) => job.edit === edit).map(({ saved }) => saved)]
    return [...this.#edits]
      .filter(([imageId, edit]) => this.#images.has(imageId) && isChanged(edit) && !isKept(edit).some((saved) => isAsSaved(edit, saved)))
      .map(([imageId]) => this.#images.facts(imageId).name)
  }

  async #changed(imageId: string, change: Promise<DraftSummary>): Promise<DraftSummary> {
    const summary = await change
    this.#get(imageId).summary = summary
    return summary
  }

  #get(imageId: string): Edit {
    const edit = this.#edits.get(imageId)
    if (edit !== undefined) return edit
    throw new Problem({ kind: 'usage', code: 'no-edit', message: 'This image is not being edited.' })
  }
}

const isChanged = ({ summary, label }: Edit): boolean => summary.steps.length > 0 || label !== null

const isAsSaved = ({ summary, label }: Edit, saved: Edit['saved']): boolean => saved?.revision === summary.revision && saved.label === label
