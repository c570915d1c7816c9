/** Field types for declared structures: integers of each byte order, text, raw bytes, reserved space. */
import type { FieldType } from './structure.ts'

/** Reads unsigned, little-endian. */
export const readU16Le = (b: Uint8Array, at: number): number => (b[at] as number) + (b[at + 1] as number) * 0x100
export const readU16Be = (b: Uint8Array, at: number): number => (b[at] as number) * 0x100 + (b[at + 1] as number)
export const readU32Le = (b: Uint8Array, at: number): number => readU16Le(b, at) + readU16Le(b, at + 2) * 0x10000
export const readU32Be = (b: Uint8Array, at: number): number => readU16Be(b, at) * 0x10000 + readU16Be(b, at + 2)

export function writeU16Le(b: Uint8Array, at: number, value: number): void {
  b[at] = value & 0xff
  b[at + 1] = (value >>> 8) & 0xff
}
export function writeU16Be(b: Uint8Array, at: number, value: number): void {
  b[at] = (value >>> 8) & 0xff
  b[at + 1] = value & 0xff
}
export function writeU32Le(b: Uint8Array, at: number, value: number): void {
  b[at] = value & 0xff
  b[at + 1] = (value >>> 8) & 0xff
  b[at + 2] = (value >>> 16) & 0xff
  b[at + 3] = (value >>> 24) & 0xff
}
export function writeU32Be(b: Uint8Array, at: number, value: number): void {
  b[at] = (value >>> 24) & 0xff
  b[at + 1] = (value >>> 16) & 0xff
  b[at + 2] = (value >>> 8) & 0xff
  b[at + 3] = value & 0xff
}

export const u8: FieldType<number> = {
  sizeBytes: 1,
  get: (b, at) => b[at] as number,
  set: (b, at, value) => {
    b[at] = value
  },
}
export const i8: FieldType<number> = {
  sizeBytes: 1,
  get: (b, at) => ((b[at] as number) << 24) >> 24,
  set: (b, at, value) => {
    b[at] = value & 0xff
  },
}
export const u16le: FieldType<number> = { sizeBytes: 2, get: readU16Le, set: writeU16Le }
export const u16be: FieldType<number> = { sizeBytes: 2, get: readU16Be, set: writeU16Be }
export const u32le: FieldType<number> = { sizeBytes: 4, get: readU32Le, set: writeU32Le }
export const u32be: FieldType<number> = { sizeBytes: 4, get: readU32Be, set: writeU32Be }

/** Both-byte orders (ECMA-119 7.2.3): little-endian then big-endian. The value is the little-endian copy. */
export const both16: FieldType<number> = {
  sizeBytes: 4,
  get: readU16Le,
  set: (b, at, value) => {
    writeU16Le(b, at, value)
    writeU16Be(b, at + 2, value)
  },
  agrees: (b, at) => readU16Le(b, at) === readU16Be(b, at + 2),
}
/** Both-byte orders (ECMA-119 7.3.3). */
export const both32: FieldType<number> = {
  sizeBytes: 8,
  get: readU32Le,
  set: (b, at, value) => {
    writeU32Le(b, at, value)
    writeU32Be(b, at + 4, value)
  },
  agrees: (b, at) => readU32Le(b, at) === readU32Be(b, at + 4),
}

/** Characters of one byte, padded with spaces (ECMA-119 7.4). Reading gives every character, padding included. */
export function text(sizeBytes: number): FieldType<string> {
  return {
    sizeBytes,
    get(b, at) {
      let s = ''
      for (let i = at; i < at + sizeBytes; i++) s += String.fromCharCode(b[i] as number)
      return s
    },
    set(b, at, value) {
      for (let i = 0; i < sizeBytes; i++) b[at + i] = i < value.length ? value.charCodeAt(i) & 0xff : 0x20
    },
  }
}

/** Big-endian UCS-2 padded with spaces (Joliet, volume descriptor text). An odd last byte is zero. */
export function ucs2Text(sizeBytes: number): FieldType<string> {
  const units = Math.floor(sizeBytes / 2)
  return {
    sizeBytes,
    get(b, at) {
      let s = ''
      for (let i = 0; i < units; i++) s += String.fromCharCode(readU16Be(b, at + i * 2))
      return s
    },
    set(b, at, value) {
      for (let i = 0; i < units; i++) writeU16Be(b, at + i * 2, i < value.length ? value.charCodeAt(i) : 0x20)
      if (sizeBytes % 2 === 1) b[at + sizeBytes - 1] = 0
    },
  }
}

/** Raw bytes; reading gives a view, not a copy. Shorter values are filled up with zeros. */
export function raw(sizeBytes: number): FieldType<Uint8Array> {
  return {
    sizeBytes,
    get: (b, at) => b.subarray(at, at + sizeBytes),
    set(b, at, value) {
      b.fill(0, at, at + sizeBytes)
      b.set(value.subarray(0, sizeBytes), at)
    },
  }
}

/** Reserved or unused: read as nothing, written as zeros. */
export function reserved(sizeBytes: number): FieldType<undefined> {
  return { sizeBytes, get: () => undefined, set: (b, at) => void b.fill(0, at, at + sizeBytes) }
}

/** A byte that must have this value; written always, checked by whoever parses. */
export function constant(value: number): FieldType<number> {
  return {
    sizeBytes: 1,
    get: (b, at) => b[at] as number,
    set: (b, at) => {
      b[at] = value
    },
  }
}
