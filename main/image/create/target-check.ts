/** Checks before anything is written: is there room, may it be written, does it lie inside its own source. */
import { accessSync, constants, realpathSync } from 'node:fs'
import { basename, dirname, join, resolve, sep } from 'node:path'
import type { ImageProject } from '../../../shared/image-project.ts'
import { Problem, type ProblemReport, problemReport } from '../../../shared/problem.ts'
import { requireNotSource } from '../../output/atomic-output.ts'
import { noSpaceFor, outputProblem, tooLargeForFat } from '../../output/output-problems.ts'
import { volumeFacts } from '../../output/volume-facts.ts'

/** Why an image of this size can't be written to `outPath`; null when it can. */
export function checkTarget(outPath: string, sizeBytes: number): ProblemReport | null {
  try {
    requireWritable(outPath)
    requireRoom(outPath, sizeBytes)
    return null
  } catch (error) {
    return problemReport(error)
  }
}

/** Throws an io Problem when the target's folder is missing or may not be written. */
export function requireWritable(outPath: string): void {
  const folder = dirname(resolve(outPath))
  try {
    accessSync(folder, constants.W_OK | constants.X_OK)
  } catch (error) {
    throw outputProblem(outPath, error)
  }
}

/** Throws an io Problem when the volume has no room, or can't hold a file this large. */
export function requireRoom(outPath: string, sizeBytes: number): void {
  const folder = dirname(resolve(outPath))
  const facts = volumeFacts(folder)
  if (facts === null) return
  if (facts.maxFileBytes !== null && sizeBytes > facts.maxFileBytes) throw tooLargeForFat(folder, sizeBytes)
  if (sizeBytes > facts.freeBytes) throw noSpaceFor(folder, sizeBytes, facts.freeBytes)
}

/** Throws a usage Problem when the target lies inside a folder it is made from, or is one of its files. */
export function requireOutsideSources(outPath: string, project: ImageProject): void {
  const target = realTarget(outPath)
  const { bootFiles, mbrCodePath } = project.options
  for (const { hostPath } of bootFiles) requireNotSource(outPath, hostPath)
  if (mbrCodePath !== null) requireNotSource(outPath, mbrCodePath)
  for (const step of project.steps) {
    if (step.step !== 'add') continue
    requireNotSource(outPath, step.hostPath)
    const source = realPathOrSame(step.hostPath)
    if (target.startsWith(source.endsWith(sep) ? source : source + sep))
      throw new Problem({
        kind: 'usage',
        code: 'target-inside-source',
        message: `‘${outPath}’ lies inside ‘${step.hostPath}’, which it would be made from.`,
        kept: 'Nothing was written.',
        advice: 'Choose a place outside that folder.',
      })
  }
}

function realTarget(outPath: string): string {
  const path = resolve(outPath)
  return join(realPathOrSame(dirname(path)), basename(path))
}

function realPathOrSame(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return resolve(path) // what is missing is reported where it is read
  }
}
