/** What a project must look like when it comes from outside: from the window, from a file. */
import * as v from 'valibot'
import { bootEmulations, fileSystemKinds, type ImageProject, isoLevels, jolietUnitCounts, udfRevisionNames } from './image-project.ts'
import { MAX_NAME_BYTES, MAX_PROJECT_STEPS } from './limits.ts'

/** Linux' PATH_MAX is a seventh of it; Windows has as much. */
const MAX_PATH_CHARACTERS = 32_768

export const hostPath = v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_PATH_CHARACTERS))
export const stagedPath = v.pipe(v.string(), v.startsWith('/'), v.maxLength(65_536))
export const entryName = v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_NAME_BYTES))

/** Options of an image that the window may set; the others name host files. */
export const choosableOptions = {
  label: v.nullable(v.pipe(v.string(), v.maxLength(128))),
  fileSystems: v.pipe(v.array(v.picklist(fileSystemKinds)), v.minLength(1), v.maxLength(fileSystemKinds.length)),
  isoLevel: v.picklist(isoLevels),
  jolietUnits: v.picklist(jolietUnitCounts),
  udfRevision: v.picklist(udfRevisionNames),
  udfForLargeFiles: v.boolean(),
  udfLinks: v.boolean(),
  dvdVideo: v.boolean(),
  hybrid: v.boolean(),
  implantMd5: v.boolean(),
  exclude: v.pipe(v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(1024))), v.maxLength(256)),
  reproducible: v.boolean(),
  unreadable: v.picklist(['stop', 'skip'] as const),
  sha256: v.boolean(),
}

const bootFile = v.strictObject({
  platform: v.picklist(['bios', 'uefi'] as const),
  hostPath,
  emulation: v.picklist(bootEmulations),
  loadSectors: v.nullable(v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(999))),
})

export const createOptionsSchema = v.strictObject({
  ...choosableOptions,
  bootFiles: v.pipe(v.array(bootFile), v.maxLength(64)),
  mbrCodePath: v.nullable(hostPath),
  dedupe: v.boolean(),
})

const stagingStep = v.variant('step', [
  v.strictObject({ step: v.literal('add'), hostPath, into: stagedPath, contentsOnly: v.boolean() }),
  v.strictObject({ step: v.literal('remove'), path: stagedPath }),
  v.strictObject({ step: v.literal('rename'), path: stagedPath, name: entryName }),
  v.strictObject({ step: v.literal('new-folder'), path: stagedPath }),
  v.strictObject({ step: v.literal('move'), path: stagedPath, into: stagedPath }),
])

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

export const imageProjectSchema = v.strictObject({
  version: v.literal(1),
  steps: v.pipe(v.array(stagingStep), v.maxLength(MAX_PROJECT_STEPS)),
  options: createOptionsSchema,
  expected: v.optional(v.strictObject({ files: count, directories: count })),
})

/** The schema gives what the type says, member by member, or this does not compile. */
type Same = [v.InferOutput<typeof imageProjectSchema>] extends [ImageProject]
  ? [keyof ImageProject['options']] extends [keyof v.InferOutput<typeof createOptionsSchema>]
    ? true
    : never
  : never
export const isSchemaWhole: Same = true
