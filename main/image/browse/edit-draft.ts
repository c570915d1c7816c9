/** An image that is being edited, held as the tree that it will have. Nothing is written: that is a job's work. */
import { statSync } from 'node:fs'
import type { BootState, DraftForecast, DraftRow, DraftStep, DraftSummary } from '../../../shared/edit-draft.ts'
import { formatNumber } from '../../../shared/format.ts'
import type { EditMode, EditStep } from '../../../shared/image-edit.ts'
import type { JobControl } from '../../../shared/job.ts'
import { MAX_EDITED_ENTRIES, MAX_RESULT_CHANGES } from '../../../shared/limits.ts'
import { Problem } from '../../../shared/problem.ts'
import { platformOf } from '../../boot/boot-catalog.ts'
import { platformTitle } from '../boot-titles.ts'
import type { ImageLayout } from '../create/layout.ts'
import { layOutSession } from '../edit/appended-session.ts'
import { prepareEdit } from '../edit/edit-image.ts'
import { applyEditSteps, findNode } from '../edit/edit-steps.ts'
import { layOutRewritten } from '../edit/rewrite-image.ts'
import { type TakenTree, takeTree } from '../edit/taken-tree.ts'
import { openAnyImage } from '../open-any-image.ts'
import type { OpenImage } from '../open-image.ts'
import { walkRuns } from '../walk-view.ts'
import { DraftRows } from './draft-rows.ts'

type Steps = readonly EditStep[]

/** Changes that can be taken back; older ones stay. */
const MAX_UNDO = 200
const SECTOR_BYTES = 2048

export class EditDraft {
  readonly #image: OpenImage
  #taken: TakenTree
  /** Of the tree as it is; null until somebody looks. */
  #rows: DraftRows | null = null
  #revision = 0
  #steps: Steps = []
  /** What the steps were before each change that undo takes back, oldest first. */
  #past: Steps[] = []
  /** What they were before each undo, for redo. */
  #future: Steps[] = []

  private constructor(image: OpenImage, taken: TakenTree) {
    this.#image = image
    this.#taken = taken
  }

  /** Takes the best tree over. Throws what `openAnyImage` throws, and a `usage` Problem for an image with too many entries. */
  static async of(imagePath: string, control: JobControl): Promise<EditDraft> {
    const image = await openAnyImage(imagePath, { wantsDetails: true, control })
    try {
      await requireFewEntries(image, control)
      return new EditDraft(image, await takeTree(image, { inPlace: false }, control))
    } catch (error) {
      image.close()
      throw error
    }
  }

  close(): void {
    this.#image.close()
  }

  get summary(): DraftSummary {
    return {
      steps: this.#steps.map(draftStep),
      revision: this.#revision,
      canUndo: this.#past.length > 0,
      canRedo: this.#future.length > 0,
    }
  }

  /** For the job that writes it. */
  get steps(): Steps {
    return this.#steps
  }

  /** Carries out all or none. Throws a `usage` Problem for what can't be done, `io` for host files that can't be read. */
  async apply(added: Steps, control: JobControl): Promise<void> {
    for (const step of added) this.#requireFreePlace(step)
    await this.#change([...this.#steps, ...added], control)
  }

  /** Does without one of the steps, whatever came after it; undo brings it back. Throws a `usage` Problem when a later one needs it. */
  async takeBack(index: number, control: JobControl): Promise<void> {
    try {
      await this.#change(this.#steps.toSpliced(index, 1), control)
    } catch (error) {
      if (!(error instanceof Problem) || error.report.kind !== 'usage') throw error
      throw new Problem(
        {
          kind: 'usage',
          code: 'later-changes',
          message: 'A later change builds on this one.',
          kept: 'Nothing was changed.',
          advice: 'Take the later one back first.',
          technical: error.report.message,
        },
        { cause: error },
      )
    }
  }

  async undo(control: JobControl): Promise<void> {
    await this.#travel(this.#past, this.#future, control)
  }

  async redo(control: JobControl): Promise<void> {
    await this.#travel(this.#future, this.#past, control)
  }

  /** Entries of a folder, folders first, with those that were taken out of it; null when there is no such folder. */
  rows(path: string): DraftRow[] | null {
    this.#rows ??= new DraftRows(this.#taken)
    return this.#rows.in(path)
  }

  /** What writing would come to. Throws usage Problems for what can't be written. */
  async forecast(mode: EditMode, label: string | null, control: JobControl): Promise<DraftForecast> {
    const image = await openAnyImage(this.#image.path, { wantsDetails: true })
    try {
      const request = { imagePath: image.path, outPath: '', overwrite: false, steps: this.#steps, label, mode, exclude: [] }
      const { taken, equipment, edit, changes } = await prepareEdit(image, request, control)
      const layout: ImageLayout =
        mode === 'append-session' ? layOutSession(image, equipment, edit).layout : layOutRewritten(image, taken, equipment, edit).layout
      const all = changes(layout)
      const { mbr, gpt, apple } = equipment.tables
      const wasHybrid = [mbr, gpt, apple].some((table) => (table?.partitions.length ?? 0) > 0)
      const bootAfter: BootState = {
        platforms: platforms(layout.plan.boot?.entries.map(({ fields }) => fields) ?? []),
        isHybrid: wasHybrid && (mode === 'append-session' || layout.plan.systemArea !== null),
      }
      return {
        mode,
        sizeBytes: layout.sizeBytes,
        mayReplaceImage: image.contained === null,
        sessionBytes: mode === 'append-session' ? layout.sizeBytes - layout.startLba * SECTOR_BYTES : null,
        files: layout.plan.fileCount,
        directories: layout.plan.directoryCount,
        bootBefore: { platforms: platforms(equipment.catalog?.entries ?? []), isHybrid: wasHybrid },
        bootAfter,
        changeCount: all.length,
        changes: all.slice(0, MAX_RESULT_CHANGES),
      }
    } finally {
      image.close()
    }
  }

  async #change(wanted: Steps, control: JobControl): Promise<void> {
    const before = this.#steps
    await this.#goTo(wanted, control)
    this.#past = [...this.#past, before].slice(-MAX_UNDO)
    this.#future = []
  }

  /** Into a folder that is there a renamed entry or a file would go under its own name: here that is nobody's wish. */
  #requireFreePlace(step: EditStep): void {
    if (step.step === 'add' && !isHostFolder(step.hostPath) && findNode(this.#taken.root, step.path)?.isDirectory) {
      throw taken(step.path, 'Take the folder of that name out first if the file is to have its place.')
    }
    if (step.step !== 'rename' || step.path === step.to) return
    if (findNode(this.#taken.root, step.to) !== null) throw taken(step.to, 'Choose another name.')
  }

  /** Goes to the last steps of one stack and leaves the present ones on the other. */
  async #travel(from: Steps[], to: Steps[], control: JobControl): Promise<void> {
    const wanted = from.at(-1)
    if (wanted === undefined) return
    const before = this.#steps
    await this.#goTo(wanted, control)
    from.pop()
    to.push(before)
  }

  /** Makes the tree what these steps lead to; leaves it as it is when they can't all be carried out. */
  async #goTo(wanted: Steps, control: JobControl): Promise<void> {
    const isContinued = this.#steps.every((step, index) => step === wanted[index])
    const taken = isContinued ? this.#taken : await takeTree(this.#image, { inPlace: false }, control)
    try {
      await applyEditSteps(taken.root, isContinued ? wanted.slice(this.#steps.length) : wanted, [], control)
    } catch (error) {
      this.#taken = await takeTree(this.#image, { inPlace: false }, control)
      await applyEditSteps(this.#taken.root, this.#steps, [], control)
      this.#rows = null
      throw error
    }
    this.#taken = taken
    this.#rows = null
    this.#steps = wanted
    this.#revision++
  }
}

/** What firmware starts, each named once. */
function platforms(entries: readonly { readonly bootable: boolean; readonly platformId: number }[]): string[] {
  const titles = entries.filter(({ bootable }) => bootable).map(({ platformId }) => platformTitle(platformOf(platformId), platformId))
  return [...new Set(titles)]
}

const isHostFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false

function taken(path: string, advice: string): Problem {
  const message = `There is something called ‘${path}’ already.`
  return new Problem({ kind: 'usage', code: 'name-taken', message, kept: 'Nothing was changed.', advice })
}

function draftStep(step: EditStep): DraftStep {
  return { step: step.step, path: step.path, to: step.step === 'rename' ? step.to : null }
}

async function requireFewEntries(image: OpenImage, control: JobControl): Promise<void> {
  const view = image.view('auto')
  let count = 0
  for (const { entries } of walkRuns(view, view.root, '/', image.findingLog)) {
    count += entries.length
    if (count > MAX_EDITED_ENTRIES) {
      throw new Problem({
        kind: 'usage',
        code: 'too-many-to-edit',
        message: `The image has more than ${formatNumber(MAX_EDITED_ENTRIES)} entries, too many to be edited in the window.`,
        kept: 'Nothing was changed.',
        advice: 'The command line can: isomer edit.',
      })
    }
    await control.checkpoint()
  }
}
