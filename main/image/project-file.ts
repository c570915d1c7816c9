/**
 * Project files: what an image is to be made of, as JSON that people can read and keep in version control
 * (docs/project-file.md). Sources are named from the file's own folder, so that both can be moved together. Reading one
 * opens nothing but the file itself.
 */
import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, fstatSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, isAbsolute, relative, resolve, sep } from 'node:path'
import * as v from 'valibot'
import { type CreateOptions, defaultCreateOptions, type ImageProject, type StagingStep } from '../../shared/image-project.ts'
import { MAX_PROJECT_FILE_BYTES } from '../../shared/limits.ts'
import { Problem } from '../../shared/problem.ts'
import { createOptionsSchema, imageProjectSchema } from '../../shared/project-schema.ts'
import { ioProblem } from '../bytes/io-problem.ts'
import { outputProblem, targetExists } from '../output/output-problems.ts'

const PROJECT_VERSION = 1
/** Of another computer: opening it would greet that computer with this one's names and passwords. */
const NETWORK_PATH = /^[\\/]{2}/

/** As it stands in the file. Options that are not there are as they come. */
const fileSchema = v.strictObject({
  isomer: v.literal('project'),
  version: v.literal(PROJECT_VERSION),
  steps: imageProjectSchema.entries.steps,
  options: v.optional(v.partial(createOptionsSchema), {}),
})

/** The text of a project file that lies at `path`. */
export function projectText({ steps, options }: ImageProject, path: string): string {
  const folder = dirname(resolve(path))
  const named = (hostPath: string) => nameFrom(folder, hostPath)
  const file = {
    isomer: 'project',
    version: PROJECT_VERSION,
    steps: steps.map((step) => (step.step === 'add' ? { ...step, hostPath: named(step.hostPath) } : step)),
    options: ownOptions(options, named),
  }
  return `${JSON.stringify(file, null, 2)}\n`
}

/** The project in the text of a file that lies at `path`; throws a `usage` Problem that says what is wrong with it. */
export function parseProject(text: string, path: string): ImageProject {
  const folder = dirname(resolve(path))
  const file = v.safeParse(fileSchema, jsonOf(text, path))
  if (!file.success) throw noProject(path, whyNot(text), v.summarize([file.issues[0]]))
  const { steps, options } = file.output
  const found = (name: string) => pathFrom(folder, name, path)
  return {
    version: 1,
    steps: steps.map((step): StagingStep => (step.step === 'add' ? { ...step, hostPath: found(step.hostPath) } : step)),
    options: foundOptions({ ...defaultCreateOptions, ...present(options) }, found),
  }
}

/** Throws an `io` Problem when it can't be read, a `usage` Problem when it is no project. */
export function readProject(path: string): ImageProject {
  return parseProject(readProjectText(path), path)
}

/** Writes the file as a whole or not at all. Throws `usage` when one is there that may not be replaced, `io` when it can't. */
export function writeProject(project: ImageProject, path: string, overwrite: boolean): void {
  if (!overwrite && existsSync(path)) throw targetExists(path)
  const unfinished = `${path}.${randomBytes(6).toString('hex')}.new`
  try {
    writeFileSync(unfinished, projectText(project, path))
    renameSync(unfinished, path)
  } catch (error) {
    rmSync(unfinished, { force: true })
    throw outputProblem(path, error)
  }
}

/** Sources of a project that are not there (any more). */
export function missingSources({ steps, options }: ImageProject): string[] {
  const sources = steps.flatMap((step) => (step.step === 'add' ? [step.hostPath] : []))
  const boot = [...options.bootFiles.map(({ hostPath }) => hostPath), ...(options.mbrCodePath === null ? [] : [options.mbrCodePath])]
  return [...new Set([...sources, ...boot])].filter((path) => !existsSync(path))
}

function readProjectText(path: string): string {
  let fd: number | null = null
  try {
    fd = openSync(path, 'r')
    const stats = fstatSync(fd)
    if (!stats.isFile()) throw noProject(path, 'It is no file.')
    if (stats.size > MAX_PROJECT_FILE_BYTES) throw noProject(path, 'It is far larger than any project.')
    return readFileSync(fd, 'utf8')
  } catch (error) {
    throw error instanceof Problem ? error : ioProblem(error, `Could not read the project ‘${path}’.`)
  } finally {
    if (fd !== null) closeSync(fd)
  }
}

/** With slashes on every system; as it is where there is no way from the folder, on another drive of Windows. */
function nameFrom(folder: string, hostPath: string): string {
  const way = relative(folder, hostPath)
  return isAbsolute(way) ? hostPath : (way || '.').split(sep).join('/')
}

function pathFrom(folder: string, name: string, path: string): string {
  if (NETWORK_PATH.test(name)) throw noProject(path, `It names a source on another computer by its full path: ${name}`)
  return resolve(folder, name)
}

/** What differs from the options that Isomer comes with, and all that decides on file systems. */
function ownOptions(options: CreateOptions, named: (path: string) => string): Partial<CreateOptions> {
  const all = foundOptions(options, named)
  const always: readonly string[] = ['fileSystems', 'isoLevel', 'udfRevision']
  const isOwn = ([name, value]: [string, unknown]) =>
    always.includes(name) || JSON.stringify(value) !== JSON.stringify(defaultCreateOptions[name as keyof CreateOptions])
  return Object.fromEntries(Object.entries(all).filter(isOwn))
}

function foundOptions(options: CreateOptions, path: (name: string) => string): CreateOptions {
  return {
    ...options,
    bootFiles: options.bootFiles.map((file) => ({ ...file, hostPath: path(file.hostPath) })),
    mbrCodePath: options.mbrCodePath === null ? null : path(options.mbrCodePath),
  }
}

const present = (options: object): Partial<CreateOptions> =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))

function jsonOf(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw noProject(path, 'It is damaged, or something else.', String(error))
  }
}

function whyNot(text: string): string {
  const { isomer, version } = (JSON.parse(text) ?? {}) as { isomer?: unknown; version?: unknown }
  if (isomer !== 'project') return 'It is something else.'
  return typeof version === 'number' && version > PROJECT_VERSION ? 'It was made by a later Isomer.' : 'Something in it can’t be.'
}

function noProject(path: string, why: string, technical?: string): Problem {
  return new Problem({
    kind: 'usage',
    code: 'bad-project',
    message: `‘${basename(path)}’ can’t be used as a project. ${why}`,
    kept: 'Nothing was changed.',
    advice: 'Projects are saved by Isomer with Save Project, or by isomer create --save-project.',
    technical,
  })
}
