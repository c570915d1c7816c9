/** A track of a disc that is written in sessions. */
export interface DiscTrack {
  readonly number: number
  readonly session: number
  readonly startBlock: number
  /** `open`: may grow · `reserved`: its size is set · `complete`: closed. */
  state: 'open' | 'reserved' | 'complete'
  /** Of a reserved or complete track. */
  sizeBlocks: number
  /** Where it is written next. */
  nextBlock: number
  isAudio: boolean
  /** Blocks at its end that can't be read. */
  runOutBlocks: number
  /** Reserved for a whole session at once: closes by itself when this much was written. */
  wholeBlocks: number | null
  /** Where the written blocks of a complete track end; what follows is padding. */
  writtenEndBlock: number
}

export function openTrack(number: number, session: number, startBlock: number): DiscTrack {
  return {
    number,
    session,
    startBlock,
    state: 'open',
    sizeBlocks: 0,
    nextBlock: startBlock,
    isAudio: false,
    runOutBlocks: 0,
    wholeBlocks: null,
    writtenEndBlock: startBlock,
  }
}

/** The layout of a session that is written at once. */
export interface SessionLayout {
  readonly tracks: readonly { readonly startBlock: number; readonly isAudio: boolean }[]
  /** With the pause before the first track. */
  readonly beginBlock: number
  /** Where the lead-out begins. */
  readonly endBlock: number
  nextBlock: number
}
