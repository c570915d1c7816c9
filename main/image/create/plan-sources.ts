/** From the tree as it was arranged to the plan of its image: looks into the few files that decide something, then plans. */
import type { CreateOptions } from '../../../shared/image-project.ts'
import { type FoundBoot, findBootFiles } from './boot-files.ts'
import { readInformation } from './dvd-video.ts'
import { planImage } from './plan.ts'
import type { ImagePlan } from './planned-tree.ts'
import type { SourceNode } from './source-tree.ts'

export interface PlannedSources {
  readonly plan: ImagePlan
  readonly boot: FoundBoot
}

/** Throws Problems: usage for what can't be made, io for files that can't be read. `root` is not changed. */
export function planSources(root: SourceNode, options: CreateOptions, derivedLabel: string): PlannedSources {
  const boot = findBootFiles(root, options)
  const dvd = options.dvdVideo ? { dvdInformation: readInformation(boot.root) } : {}
  return { boot, plan: planImage(boot.root, options, derivedLabel, { boot, ...dvd }) }
}
