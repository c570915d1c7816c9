/** What a remembered job must say of itself to be shown and done once more. Members that are not named here are kept. */
import * as v from 'valibot'
import type { JobKind, JobSpec } from '../../shared/job.ts'
import { hostPath, imageProjectSchema } from '../../shared/project-schema.ts'

const drive = v.pipe(v.string(), v.minLength(1), v.maxLength(32_768))
const project = imageProjectSchema

const specs: Readonly<Record<JobKind, v.GenericSchema>> = {
  create: v.looseObject({ project, outPath: hostPath, overwrite: v.boolean() }),
  extract: v.looseObject({
    imagePath: hostPath,
    paths: v.array(v.string()),
    view: v.string(),
    outFolder: hostPath,
    overwrite: v.boolean(),
  }),
  verify: v.looseObject({ imagePath: hostPath }),
  compare: v.looseObject({
    pathOfA: hostPath,
    pathOfB: hostPath,
    view: v.string(),
    ignore: v.array(v.string()),
    exclude: v.array(v.string()),
  }),
  edit: v.looseObject({ imagePath: hostPath, outPath: hostPath, overwrite: v.boolean() }),
  convert: v.looseObject({ imagePath: hostPath, outPath: hostPath, overwrite: v.boolean(), acceptsLoss: v.boolean() }),
  rip: v.looseObject({ drive, outPath: hostPath, mapPath: v.nullable(hostPath), resume: v.boolean(), overwrite: v.boolean() }),
  burn: v.looseObject({
    source: v.variant('kind', [
      v.looseObject({ kind: v.literal('image'), path: hostPath }),
      v.looseObject({ kind: v.literal('project'), project }),
    ]),
    drive,
    erase: v.boolean(),
    simulate: v.boolean(),
  }),
  erase: v.looseObject({ drive, full: v.boolean() }),
  flash: v.looseObject({ imagePath: hostPath, device: hostPath }),
}

const isKind = (kind: unknown): kind is JobKind => typeof kind === 'string' && Object.hasOwn(specs, kind)

export const jobSpecSchema = v.custom<JobSpec>((spec) => {
  const kind = (spec as { kind?: unknown } | null)?.kind
  return isKind(kind) && v.is(specs[kind], spec)
}, 'no job that is known')
