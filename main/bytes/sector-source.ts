/** A medium that is read in whole sectors and may fail in some of them: what a disc in a drive is. */
import { Problem } from '../../shared/problem.ts'

export interface SectorSource {
  /** As it is called in messages. */
  readonly name: string
  readonly sectorBytes: number
  readonly sizeBytes: number
  /**
   * Fills `target` from `offsetBytes` on, both whole sectors, in memory of `alignedBuffer`; gives fewer bytes when the medium stops within, none at its end.
   * Rejects with a MediumFault when these sectors can't be read, with an `io` Problem when nothing can be read any more.
   */
  read(offsetBytes: number, target: Uint8Array): Promise<number>
  close(): void
}

/** Sectors that the medium does not give. Other sectors may well be readable. */
export class MediumFault extends Error {
  /** The system's name for it, such as ENODATA. */
  readonly code: string

  constructor(code: string) {
    super(`the medium could not be read: ${code}`)
    this.name = 'MediumFault'
    this.code = code
  }
}

/** A drive says “unrecovered read error” of a bad sector; any other fault may mean that there is no disc any more, or not yet. */
export const SURELY_BAD = 'ENODATA'

/** Bytes read, as `read` gives them; none where the medium fails. Other failures are thrown. */
export async function readReadable(source: SectorSource, offsetBytes: number, target: Uint8Array): Promise<number> {
  try {
    return await source.read(offsetBytes, target)
  } catch (error) {
    if (error instanceof MediumFault) return 0
    throw error
  }
}

/** There is nothing in the drive to read from. */
export function noMedium(name: string): Problem {
  return new Problem({
    kind: 'io',
    code: 'no-medium',
    message: `There is no disc in ${name}.`,
    advice: 'Put the disc in and start again.',
  })
}

export function mediumGone(name: string): Problem {
  return new Problem({
    kind: 'io',
    code: 'medium-gone',
    message: `The disc was taken out of ${name}, or the drive is gone.`,
    advice: 'Put the disc back and go on.',
  })
}
