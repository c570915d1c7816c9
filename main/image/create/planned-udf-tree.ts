/** A plan as the UDF writer reads it. */
import { encodeLinkTarget } from '../../udf/path-component.ts'
import type { UdfTree } from '../../udf/udf-tree.ts'
import type { FileContent, ImagePlan, PlannedDirectory, PlannedEntry } from './planned-tree.ts'
import { isShownIn } from './presence.ts'
import type { SourceNode } from './source-tree.ts'

export function plannedUdfTree(plan: ImagePlan): UdfTree<PlannedEntry> {
  const { fixedTimeS, fixedOwner } = plan.policy
  const timeMs = (seconds: number): number => (fixedTimeS ?? seconds) * 1000
  return {
    root: plan.root.entry,
    children: (entry) => (entry.directory as PlannedDirectory).children.filter((child) => isInUdf(plan, child.source)),
    type: ({ source }) => source.type,
    name: (entry) => entry.udfName,
    serial: (entry) => entry.content?.serialNumber ?? entry.serialNumber,
    serialLimit: plan.serialLimit,
    facts: ({ source }) => ({
      mode: source.mode,
      uid: fixedOwner ? 0 : source.uid,
      gid: fixedOwner ? 0 : source.gid,
      modifiedMs: timeMs(source.modifiedS),
      accessedMs: timeMs(source.accessedS),
      changedMs: timeMs(source.changedS),
    }),
    content: (entry) => {
      const { source, extentLba, linkCount } = entry.content as FileContent
      return { sizeBytes: source.sizeBytes, extentLba, linkCount }
    },
    linkTarget: ({ source }) => linkTargetOf(source),
    device: ({ source }) => source.extra?.device ?? { major: 0, minor: 0 },
  }
}

/** Whether UDF holds the entry: links and nodes only when asked for, and when it can. */
export function isInUdf({ policy }: ImagePlan, source: SourceNode): boolean {
  if (!isShownIn('udf', source)) return false
  if (source.type === 'file' || source.type === 'directory') return true
  return policy.udfLinks && canBeInUdf(source)
}

/** Whether UDF could hold the entry: parts of a link's target can be too long. */
export function canBeInUdf(source: SourceNode): boolean {
  return source.type !== 'symlink' || encodeLinkTarget(linkTargetOf(source)) !== null
}

const linkTargetOf = (source: SourceNode): string => source.extra?.linkTarget?.toString() ?? ''
