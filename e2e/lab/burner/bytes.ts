/** Numbers and texts as the bytes of replies. */
export const be16 = (value: number): number[] => [(value >> 8) & 0xff, value & 0xff]
export const be32 = (value: number): number[] => [(value >>> 24) & 0xff, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff]
export const zeros = (count: number): number[] => new Array(count).fill(0)
/** Padded with blanks, or cut. */
export const ascii = (text: string, length: number): number[] => [...Buffer.from(text.padEnd(length).slice(0, length), 'latin1')]

/** A reply that begins with the length of what follows. */
export const withLength16 = (bytes: readonly number[]): Buffer => Buffer.from([...be16(bytes.length), ...bytes])
export const withLength32 = (bytes: readonly number[]): Buffer => Buffer.from([...be32(bytes.length), ...bytes])
