/** Hidden files that are being written; the name tells which process of ours writes them. */
import { randomBytes } from 'node:crypto'

const TEMPORARY_NAME = /^\.isomer-(\d+)-[0-9a-f]{12}\.part$/

export function temporaryName(): string {
  return `.isomer-${process.pid}-${randomBytes(6).toString('hex')}.part`
}

/** The process that a temporary file belongs to; null for a name of another kind. */
export function temporaryOwner(name: string): number | null {
  const pid = TEMPORARY_NAME.exec(name)?.[1]
  return pid === undefined ? null : Number(pid)
}
