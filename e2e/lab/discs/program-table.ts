/** Which program burns which kind of disc: what Isomer decides, what the lab tries, and what docs/burning.md shows. */
import { chooseTool } from '../../../main/drives/linux/choose-tool.ts'
import { type LinuxTool, linuxTools } from '../../../main/drives/linux/linux-tool.ts'
import type { MediumKind } from '../../../shared/drives.ts'
import { type DiscKindName, discKindOf, writableKinds } from '../burner/disc-kinds.ts'

/** As people write it. */
export const mediumKindOf = (kind: DiscKindName): MediumKind => kind.toUpperCase().replace(/-DL$/, ' DL') as MediumKind

/** Whether Isomer burns such a disc with this program when it has nothing else. */
export function canBurn(tool: LinuxTool, kind: DiscKindName, hasSessions = false): boolean {
  const question = { work: 'burn', drive: 'device', medium: { kind: mediumKindOf(kind) }, hasSessions } as const
  return chooseTool({ ...question, installed: new Set([tool]) }).tool === tool
}

/** Discs to which files can be added later. */
export const sessionKinds = writableKinds.filter((kind) => discKindOf(kind).isSequential && kind !== 'dvd-r-dl')

/** Rows of Markdown, one for each kind of disc. */
export function programTable(): string {
  const cell = (tool: LinuxTool, kind: DiscKindName) => {
    if (!canBurn(tool, kind)) return '–'
    const hasSessions = sessionKinds.includes(kind) && canBurn(tool, kind, true)
    // What is on a disc already only xorriso tells.
    return `image, folder${hasSessions ? (tool === 'xorriso' ? ', added folders' : ', left open') : ''}`
  }
  const rows = writableKinds.map((kind) => [mediumKindOf(kind), ...linuxTools.map((tool) => cell(tool, kind))])
  return [['Disc', ...linuxTools], ['---', ...linuxTools.map(() => '---')], ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}
