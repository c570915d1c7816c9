import { HEADER_BYTES, msfOf, SYNC } from '../sector-layout.ts'

/** Sync pattern, address and mode 1. */
export function putHeader(sector: Buffer, lba: number): void {
  SYNC.copy(sector)
  for (const [i, value] of msfOf(lba).entries()) sector[SYNC.length + i] = (Math.floor(value / 10) << 4) | (value % 10)
  sector[HEADER_BYTES - 1] = 1
}
