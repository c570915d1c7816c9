/** What a program that writes discs tells while it works, whichever it is. */

export interface BurnEvent {
  readonly phase: 'erase' | 'prepare' | 'write' | 'close'
  /** Of the data; null when this line does not say. */
  readonly doneBytes: number | null
  /** Of a phase that has no bytes, from 0 to 1. */
  readonly fraction: number | null
  readonly bufferPercent: number | null
  readonly fifoPercent: number | null
}

export const burnEvent = (phase: BurnEvent['phase'], more: Partial<BurnEvent> = {}): BurnEvent => ({
  phase,
  doneBytes: null,
  fraction: null,
  bufferPercent: null,
  fifoPercent: null,
  ...more,
})
