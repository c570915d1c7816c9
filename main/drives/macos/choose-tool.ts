/** Which program burns on macOS, and why: a pure decision. */
import type { ToolNote } from '../drive-adapter.ts'

export type MacosBurner =
  | { readonly tool: 'hdiutil' /** As `hdiutil burn -device` takes it; null for the only one. */; readonly device: string | null }
  | { readonly tool: 'drutil' }

/** `driveNumber` as drutil counts, from 1; `burners` as `hdiutil burn -list` names them. */
export function chooseBurner(driveNumber: number, driveCount: number, burners: readonly string[]): MacosBurner & Pick<ToolNote, 'reason'> {
  if (driveCount <= 1) return { tool: 'hdiutil', device: null, reason: 'hdiutil is part of macOS and tells how far it is.' }
  const device = burners[driveNumber - 1]
  if (burners.length === driveCount && device !== undefined)
    return { tool: 'hdiutil', device, reason: 'hdiutil is part of macOS, tells how far it is, and knows this drive by its path.' }
  return { tool: 'drutil', reason: 'hdiutil does not list the same drives; drutil is part of macOS and takes the drive that it is told.' }
}

/** Of `hdiutil burn -list`: a path in the registry of devices for each drive. */
export function parseBurnerList(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /^IO\w+:/.test(line))
}
