/** `isomer create --project`: the sources and options come from a file. */
import { resolve } from 'node:path'
import type { ImageProject } from '../../shared/image-project.ts'
import { Problem } from '../../shared/problem.ts'
import { missingSources, readProject } from '../image/project-file.ts'
import { usageProblem } from './arguments.ts'
import { type CommandLine, commonOptions, type OptionSpecs, progressOption } from './command.ts'

/** Options that say nothing about what is in the image. */
const beside = new Set([
  'project',
  'save-project',
  'output',
  'dry-run',
  'force',
  ...Object.keys(progressOption),
  ...Object.keys(commonOptions),
])

/** Throws a `usage` Problem for options that the project decides, and an `io` Problem for sources that are not there. */
export function openProject({ options, operands }: CommandLine, all: OptionSpecs): ImageProject {
  const isGiven = (name: string) => options.flag(name) || options.value(name) !== null || options.values(name).length > 0
  const decided = Object.keys(all).find((name) => !beside.has(name) && isGiven(name))
  const other = operands[0] ?? (decided === undefined ? undefined : `--${decided}`)
  if (other !== undefined)
    throw usageProblem('project-decides', `The project decides what is in the image, so ${other} can’t be given too.`, 'Leave it out.')
  const path = resolve(options.value('project') as string)
  const project = readProject(path)
  const missing = missingSources(project)
  if (missing.length > 0) throw sourcesMissing(missing)
  return project
}

const MOST_NAMED = 10

function sourcesMissing(missing: readonly string[]): Problem {
  const named = missing.slice(0, MOST_NAMED).map((path) => `‘${path}’`)
  const more = missing.length > MOST_NAMED ? ` and ${missing.length - MOST_NAMED} more` : ''
  return new Problem({
    kind: 'io',
    code: 'project-sources-missing',
    message: `The project needs what is not there: ${named.join(', ')}${more}.`,
    kept: 'Nothing was written.',
    advice: 'Put it back to its place, or open the project in the window, take it out and save.',
  })
}
