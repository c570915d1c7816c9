/** Which program does a piece of work on Linux, and why: a pure decision over what is installed. */
import type { MediumFacts } from '../../../shared/drives.ts'
import type { DriveAddress } from '../drive-address.ts'
import { type LinuxTool, linuxTools } from './linux-tool.ts'

export type DriveWork = 'burn' | 'erase' | 'look'

export interface ToolQuestion {
  readonly work: DriveWork
  readonly drive: DriveAddress['kind']
  /** Null when it is not known yet. */
  readonly medium: Pick<MediumFacts, 'kind'> | null
  readonly installed: ReadonlySet<LinuxTool>
  /** Whether the disc is to have several sessions. */
  readonly hasSessions?: boolean
}

export type ToolChoice =
  | { readonly tool: LinuxTool; readonly reason: string }
  /** Nothing that is installed can do it; `wanted` could. */
  | { readonly tool: null; readonly wanted: LinuxTool; readonly reason: string }

export function chooseTool(question: ToolQuestion): ToolChoice {
  const able = linuxTools.filter((tool) => obstacleOf(tool, question) === null)
  const [best] = able
  const chosen = able.find((tool) => question.installed.has(tool))
  if (chosen === undefined) {
    const wanted = best ?? 'xorriso'
    return { tool: null, wanted, reason: `${wanted} is not installed, and nothing else that is could do it.` }
  }
  const passedOver = linuxTools.slice(0, linuxTools.indexOf(chosen)).map((tool) => {
    const obstacle = obstacleOf(tool, question)
    return obstacle === null ? `${tool} is not installed` : `${tool} ${obstacle}`
  })
  return { tool: chosen, reason: passedOver.length === 0 ? strengths[chosen] : `${passedOver.join('; ')}.` }
}

const strengths: Readonly<Record<LinuxTool, string>> = {
  xorriso: 'xorriso writes every kind of disc and tells most about it.',
  cdrskin: 'cdrskin writes every kind of disc.',
  growisofs: 'growisofs writes DVDs and Blu-ray discs.',
  wodim: 'wodim writes CDs and some DVDs.',
}

/** Why a program can't be used for it; null when it can. */
function obstacleOf(tool: LinuxTool, { work, drive, medium, hasSessions }: ToolQuestion): string | null {
  if (work === 'look') return tool === 'xorriso' ? null : 'does not tell enough about a disc'
  if (drive === 'virtual') return tool === 'xorriso' ? null : 'does not write virtual discs for every user'
  const kind = medium?.kind ?? null
  if (hasSessions && tool === 'growisofs') return 'does not add sessions to discs of other programs'
  if (hasSessions && tool === 'wodim' && kind?.startsWith('CD') === false) return 'writes sessions to CDs only'
  if (tool === 'growisofs' && kind?.startsWith('CD')) return work === 'erase' ? 'does not erase CDs' : 'does not write CDs'
  if (tool === 'growisofs' && kind === 'DVD-R DL') return 'refuses a DVD-R DL that it would leave half empty'
  if (tool === 'wodim' && kind !== null && !kind.startsWith('CD')) {
    if (work === 'erase') return 'erases CDs only'
    if (kind.startsWith('BD') || kind.endsWith('DL') || kind === 'DVD-RAM' || kind === 'DVD+RW') return `does not write ${kind}`
  }
  return null
}
