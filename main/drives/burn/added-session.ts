/** A session that is added to a disc: the tree that is on it with what is put in, laid out for the place that comes next. */
import type { BurnRequest, MediumFacts } from '../../../shared/drives.ts'
import type { EditStep } from '../../../shared/image-edit.ts'
import type { ImageProject, StagingStep } from '../../../shared/image-project.ts'
import type { JobControl } from '../../../shared/job.ts'
import { Problem } from '../../../shared/problem.ts'
import { ParallelDigest } from '../../bytes/parallel-digest.ts'
import { writeStream } from '../../image/create/create-image.ts'
import type { ImageLayout } from '../../image/create/layout.ts'
import { layOutSessionAt } from '../../image/edit/appended-session.ts'
import { prepareEdit } from '../../image/edit/edit-image.ts'
import { OpenImage } from '../../image/open-image.ts'
import { SECTOR_BYTES } from '../../iso9660/volume-descriptor.ts'
import type { DriveAddress } from '../drive-address.ts'
import { DiscImageSource } from './disc-image-source.ts'
import type { ImageStream } from './image-feed.ts'

export class AddedSession {
  readonly startSector: number
  readonly sizeBytes: number
  readonly #image: OpenImage
  readonly #layout: ImageLayout

  private constructor(image: OpenImage, layout: ImageLayout) {
    this.#image = image
    this.#layout = layout
    this.startSector = layout.startLba
    this.sizeBytes = layout.sizeBytes - layout.startLba * SECTOR_BYTES
  }

  /** Reads the disc's newest tree. Throws a `usage` Problem for a disc that no session can be added to. */
  static async layOut(
    { steps, options }: ImageProject,
    { path }: DriveAddress,
    { sessions }: MediumFacts,
    startSector: number,
    control: JobControl,
  ): Promise<AddedSession> {
    const newest = sessions.at(-1)
    const endSector = Math.max(...sessions.map(({ startSector: start, sectorCount }) => start + sectorCount))
    const source = DiscImageSource.open(path, endSector * SECTOR_BYTES)
    try {
      const image = new OpenImage(source, { wantsDetails: true, startLba: newest?.startSector ?? 0 })
      const edit = { steps: steps.map(editStepOf), label: options.label, mode: 'append-session', exclude: options.exclude } as const
      const prepared = await prepareEdit(image, edit, control)
      return new AddedSession(image, layOutSessionAt(startSector, image, prepared.equipment, prepared.edit))
    } catch (error) {
      source.close()
      throw ofDisc(error)
    }
  }

  readonly stream: ImageStream = async ({ onPlanned, write }, control) => {
    await onPlanned(this.sizeBytes)
    const digest = new ParallelDigest()
    try {
      const sha256 = await writeStream(this.#layout, digest, { fd: null, write }, control)
      return { sizeBytes: this.sizeBytes, sha256 }
    } finally {
      await digest.abandon()
    }
  }

  close(): void {
    this.#image.close()
  }
}

/** What is said of an image that takes no session is the same for a disc. */
function ofDisc(error: unknown): unknown {
  if (!(error instanceof Problem) || error.report.code !== 'session-not-appendable') return error
  const message = error.report.message.replace('The image', 'What is on the disc')
  const kept = 'The disc is as it was.'
  return new Problem({ ...error.report, message, kept, advice: 'Burn everything to a blank disc.' }, { cause: error })
}

/** The same in the words of editing, which names where things are to be instead of the folder that they go into. */
function editStepOf(step: StagingStep): EditStep {
  switch (step.step) {
    case 'add':
      return { step: 'add', hostPath: step.hostPath, path: step.contentsOnly ? step.into : within(step.into, nameIn(step.hostPath)) }
    case 'rename':
      return { step: 'rename', path: step.path, to: within(step.path.slice(0, step.path.lastIndexOf('/')), step.name) }
    case 'move':
      return { step: 'rename', path: step.path, to: within(step.into, nameIn(step.path)) }
    case 'remove':
    case 'new-folder':
      return step
  }
}

const within = (folder: string, name: string): string => (folder === '/' ? `/${name}` : `${folder}/${name}`)
const nameIn = (path: string): string => path.replace(/[\\/]+$/, '').replace(/^.*[\\/]/, '')

/** Throws a `usage` Problem for what can't be added to a disc. */
export function requireAddable({ source, append, copies }: BurnRequest): void {
  if (!append) return
  const refuse = (code: string, message: string, advice: string) => {
    throw new Problem({ kind: 'usage', code, message, kept: 'The disc is as it was.', advice })
  }
  if (source.kind === 'image')
    refuse('append-needs-files', 'An image can’t be added to a disc: it is laid out for the beginning of one.', 'Add a folder instead.')
  if (copies > 1)
    refuse('append-once', 'Files are added to the disc that is in the drive, not to several.', 'Leave out the number of copies.')
}

/** For discs that take sessions: systems that look at UDF would not see those that come later. */
export function forSessions(project: ImageProject): ImageProject {
  const fileSystems = project.options.fileSystems.filter((kind) => kind !== 'udf')
  return { ...project, options: { ...project.options, fileSystems, udfForLargeFiles: false } }
}
