/** Compares two images, or an image with a folder, or two folders. */
import { statSync } from 'node:fs'
import type { Comparison, Difference } from '../../../shared/comparison.ts'
import type { Finding } from '../../../shared/image-model.ts'
import type { CompareResult, JobControl, JobSpec } from '../../../shared/job.ts'
import { MAX_RESULT_DIFFERENCES } from '../../../shared/limits.ts'
import { ioProblem } from '../../bytes/io-problem.ts'
import { openAnyImage } from '../open-any-image.ts'
import { compareTrees, type DifferenceListener } from './compare-trees.ts'
import type { ComparedTree } from './compared-tree.ts'
import { FolderTree } from './folder-tree.ts'
import { ImageTree } from './image-tree.ts'

export type CompareRequest = Omit<Extract<JobSpec, { kind: 'compare' }>, 'kind'>

export interface CompareOutcome {
  readonly comparison: Comparison
  /** What was found wrong or odd on the way; none of a folder. */
  readonly findings: { readonly a: readonly Finding[]; readonly b: readonly Finding[] }
}

/** Reads only what can differ. Throws Problems: `io` and `image` for a side that can't be opened, `usage`, cancelled. */
export async function comparePaths(
  request: CompareRequest,
  onDifference: DifferenceListener,
  control: JobControl,
): Promise<CompareOutcome> {
  const a = await openSide(request.pathOfA, request, control)
  try {
    const b = await openSide(request.pathOfB, request, control)
    try {
      const comparison = await compareTrees(a, b, new Set(request.ignore), onDifference, control)
      return { comparison, findings: { a: a.finish(), b: b.finish() } }
    } finally {
      b.close()
    }
  } finally {
    a.close()
  }
}

/** The same as a job, whose result carries the first differences. */
export async function compareJob(request: CompareRequest, control: JobControl): Promise<CompareResult> {
  const startedMs = Date.now()
  const differences: Difference[] = []
  const keep = (difference: Difference) => {
    if (differences.length < MAX_RESULT_DIFFERENCES) differences.push(difference)
  }
  const { comparison } = await comparePaths(request, keep, control)
  return {
    kind: 'compare',
    path: request.pathOfA,
    sizeBytes: comparison.comparedBytes,
    ...comparison,
    differences,
    durationMs: Date.now() - startedMs,
  }
}

async function openSide(path: string, { view, exclude }: CompareRequest, control: JobControl): Promise<ComparedTree> {
  if (isFolder(path)) return new FolderTree(path, exclude)
  const image = await openAnyImage(path, { control })
  try {
    return new ImageTree(image, view)
  } catch (error) {
    image.close()
    throw error
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch (error) {
    throw ioProblem(error, `Could not read ‘${path}’.`)
  }
}
