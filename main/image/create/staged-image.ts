/** An image being put together: steps, undo, and at any moment its rows, its plan and what the plan will change. */
import type { Change } from '../../../shared/image-model.ts'
import type { CreateOptions, FileSystemKind, ImageProject, StagingStep } from '../../../shared/image-project.ts'
import type { JobControl } from '../../../shared/job.ts'
import { type ProblemReport, problemReport } from '../../../shared/problem.ts'
import type { StagedRow, StagedSummary } from '../../../shared/staging.ts'
import { changesOf } from './changes.ts'
import { type ImageLayout, layOutImage } from './layout.ts'
import { planSources } from './plan-sources.ts'
import { fileSystemsOf } from './planned-tree.ts'
import { derivedLabel, ProjectTree } from './project-tree.ts'
import type { SourceNode } from './source-tree.ts'
import { nodeAt } from './staging-steps.ts'

/** Sums over an entry and everything below it. */
interface Totals {
  sizeBytes: number
  changeCount: number
}

interface Analysis {
  readonly layout: ImageLayout | null
  readonly problem: ProblemReport | null
  readonly totals: ReadonlyMap<SourceNode, Totals>
  readonly files: number
  readonly directories: number
  readonly changeCounts: ReadonlyMap<FileSystemKind, number>
}

export class StagedImage {
  private options: CreateOptions
  private steps: StagingStep[] = []
  private undone: StagingStep[] = []
  private tree: ProjectTree
  /** Made when first asked for after a change. */
  private analysis: Analysis | null = null

  constructor(options: CreateOptions) {
    this.options = options
    this.tree = new ProjectTree(options)
  }

  /** Carries out one step. Throws a Problem and leaves everything as it was when it can't be done. */
  async apply(step: StagingStep, control: JobControl): Promise<void> {
    await this.tree.apply(step, control)
    this.steps.push(step)
    this.undone = []
    this.analysis = null
  }

  /** Takes the last step back, if there is one. The sources are scanned anew. */
  async undo(control: JobControl): Promise<void> {
    const last = this.steps.at(-1)
    if (last === undefined) return
    await this.replay(this.steps.slice(0, -1), control)
    this.undone.push(last)
  }

  /** Carries out again what was taken back last. */
  async redo(control: JobControl): Promise<void> {
    const next = this.undone.at(-1)
    if (next === undefined) return
    await this.tree.apply(next, control)
    this.steps.push(next)
    this.undone.pop()
    this.analysis = null
  }

  clear(): void {
    this.steps = []
    this.undone = []
    this.tree = new ProjectTree(this.options)
    this.analysis = null
  }

  /** Changes options; other exclusion patterns mean a new scan. Throws a Problem and keeps the old ones when that fails. */
  async setOptions(changes: Partial<CreateOptions>, control: JobControl): Promise<void> {
    const before = this.options
    this.options = { ...before, ...changes }
    const rescan = changes.exclude !== undefined || changes.unreadable !== undefined
    try {
      if (rescan) await this.replay(this.steps, control)
    } catch (error) {
      this.options = before
      throw error
    }
    this.analysis = null
  }

  /** What a folder holds: folders first, then by name. Throws a usage Problem when there is no such folder. */
  rows(path: string): StagedRow[] {
    const folder = nodeAt(this.tree.root, path)
    const { totals } = this.analyse()
    const prefix = path === '/' ? '/' : `${path}/`
    return [...(folder.children?.values() ?? [])].sort(foldersFirst).map((node) => ({
      name: node.name,
      path: prefix + node.name,
      type: node.type,
      sizeBytes: totals.get(node)?.sizeBytes ?? node.sizeBytes,
      childCount: node.children?.size ?? 0,
      modifiedMs: node.modifiedS * 1000,
      changeCount: totals.get(node)?.changeCount ?? 0,
      linkTarget: node.extra?.linkTarget?.toString() ?? null,
    }))
  }

  /** What the file systems will change, from the `offset`th on. */
  changes(offset: number, limit: number): Change[] {
    const { layout } = this.analyse()
    const page: Change[] = []
    if (layout === null) return page
    let index = 0
    for (const change of changesOf(layout.plan)) {
      if (index++ < offset) continue
      page.push(change)
      if (page.length === limit) break
    }
    return page
  }

  summary(): StagedSummary {
    const { layout, problem, files, directories, changeCounts, totals } = this.analyse()
    return {
      files,
      directories,
      contentBytes: totals.get(this.tree.root)?.sizeBytes ?? 0,
      imageSizeBytes: layout?.sizeBytes ?? null,
      fileSystems: layout === null ? this.options.fileSystems : fileSystemsOf(layout.plan),
      changeCounts: Object.fromEntries(changeCounts),
      changeTotal: [...changeCounts.values()].reduce((sum, count) => sum + count, 0),
      skipped: this.tree.skipped,
      label: layout?.plan.label.text ?? this.options.label ?? derivedLabel(this.steps),
      problem,
      options: this.options,
      canUndo: this.steps.length > 0,
      canRedo: this.undone.length > 0,
    }
  }

  /** Everything needed to make the image, or to bring this state back. */
  project(): ImageProject {
    const { files, directories } = this.analyse()
    return { version: 1, steps: [...this.steps], options: this.options, expected: { files, directories } }
  }

  private async replay(steps: readonly StagingStep[], control: JobControl): Promise<void> {
    const tree = new ProjectTree(this.options)
    for (const step of steps) await tree.apply(step, control)
    this.tree = tree
    this.steps = [...steps]
    this.analysis = null
  }

  private analyse(): Analysis {
    this.analysis ??= this.makeAnalysis()
    return this.analysis
  }

  private makeAnalysis(): Analysis {
    let layout: ImageLayout | null = null
    let problem: ProblemReport | null = null
    try {
      this.tree.requireSomethingLeft(this.options.exclude)
      layout = layOutImage(planSources(this.tree.root, this.options, derivedLabel(this.steps)).plan)
    } catch (error) {
      problem = problemReport(error)
    }
    const { totals, files, directories } = sumUp(this.tree.root)
    const changeCounts = layout === null ? new Map<FileSystemKind, number>() : countChanges(layout, totals)
    return { layout, problem, totals, files, directories, changeCounts }
  }
}

/** Sizes of all folders, children before parents. */
function sumUp(root: SourceNode): { totals: Map<SourceNode, Totals>; files: number; directories: number } {
  const totals = new Map<SourceNode, Totals>()
  const folders: SourceNode[] = [root]
  let files = 0
  for (const folder of folders) {
    let sizeBytes = 0
    for (const child of folder.children?.values() ?? []) {
      if (child.isDirectory) folders.push(child)
      else {
        files++
        sizeBytes += child.sizeBytes
      }
    }
    totals.set(folder, { sizeBytes, changeCount: 0 })
  }
  for (let i = folders.length - 1; i > 0; i--) {
    const folder = folders[i] as SourceNode
    const parent = totals.get(folder.parent as SourceNode) as Totals
    parent.sizeBytes += totals.get(folder)?.sizeBytes ?? 0
  }
  return { totals, files, directories: folders.length - 1 }
}

/** Counts changes by file system, and for every entry those at it and below it. */
function countChanges({ plan }: ImageLayout, totals: Map<SourceNode, Totals>): Map<FileSystemKind, number> {
  // The plan's own tree: it has boot files that were added besides.
  const root = plan.root.entry.source
  const counts = new Map<FileSystemKind, number>()
  for (const { fileSystem, path } of changesOf(plan)) {
    counts.set(fileSystem, (counts.get(fileSystem) ?? 0) + 1)
    if (path === '/') continue
    for (let node: SourceNode | null = nodeAt(root, path); node !== null; node = node.parent) {
      const own = totals.get(node) ?? { sizeBytes: node.sizeBytes, changeCount: 0 }
      own.changeCount++
      totals.set(node, own)
    }
  }
  return counts
}

function foldersFirst(a: SourceNode, b: SourceNode): number {
  if (a.isDirectory !== b.isDirectory) return a.isDirectory ? -1 : 1
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0
}
