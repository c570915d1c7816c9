/** A project replayed: its steps carried out over fresh scans give the source tree. */
import { basename, extname } from 'node:path'
import type { SkippedSource } from '../../../shared/image-model.ts'
import type { CreateOptions, StagingStep } from '../../../shared/image-project.ts'
import type { JobControl } from '../../../shared/job.ts'
import { Problem } from '../../../shared/problem.ts'
import { exclusionOf } from './exclusion.ts'
import { type ScanOptions, scanSource } from './scan.ts'
import type { SourceNode } from './source-tree.ts'
import { addScanned, applyStep, emptyRoot } from './staging-steps.ts'

/** A tree under construction. */
export class ProjectTree {
  readonly root: SourceNode = emptyRoot()
  readonly skipped: SkippedSource[] = []
  excludedCount = 0
  private readonly scanOptions: ScanOptions

  constructor(options: Pick<CreateOptions, 'exclude' | 'unreadable'>) {
    this.scanOptions = { excluded: exclusionOf(options.exclude), unreadable: options.unreadable }
  }

  /** Carries out one step. Throws a Problem and leaves the tree as it was when it can't be done. */
  async apply(step: StagingStep, control: JobControl): Promise<void> {
    if (step.step !== 'add') {
      applyStep(this.root, step)
      return
    }
    const scanned = await scanSource(step.hostPath, stagedParentOf(step), this.scanOptions, control)
    addScanned(this.root, scanned, step.into, step.contentsOnly)
    this.skipped.push(...scanned.skipped)
    this.excludedCount += scanned.excludedCount
  }

  /** Throws a usage Problem when the exclusion patterns left nothing over. */
  requireSomethingLeft(exclude: readonly string[]): void {
    if (this.root.children?.size === 0 && this.excludedCount > 0)
      throw new Problem({
        kind: 'usage',
        code: 'exclude-matches-everything',
        message:
          exclude.length === 1
            ? `The exclusion pattern ‘${exclude[0]}’ matches everything, so nothing is left to write.`
            : 'The exclusion patterns match everything, so nothing is left to write.',
        kept: 'Nothing was written.',
        advice: 'Give a narrower pattern.',
      })
  }
}

/** The tree of a whole project. */
export async function replayProject(
  steps: readonly StagingStep[],
  options: Pick<CreateOptions, 'exclude' | 'unreadable'>,
  control: JobControl,
): Promise<ProjectTree> {
  const tree = new ProjectTree(options)
  for (const step of steps) await tree.apply(step, control)
  tree.requireSomethingLeft(options.exclude)
  return tree
}

/** The label when none is given: what the first source is called. */
export function derivedLabel(steps: readonly StagingStep[]): string {
  const first = steps.find((step) => step.step === 'add')
  if (first === undefined) return 'IMAGE'
  const name = basename(first.hostPath)
  return first.contentsOnly ? name : basename(name, extname(name)) || name
}

/** Patterns with a slash count from the image's top, or for a folder's contents from that folder. */
function stagedParentOf(step: StagingStep & { step: 'add' }): string {
  const into = step.into === '/' ? '' : step.into
  return step.contentsOnly ? into || '/' : `${into}/${basename(step.hostPath)}`
}
