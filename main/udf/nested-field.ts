/** A declared structure as a field of another one. */
import type { FieldType } from '../bytes/structure.ts'

interface Declared<V> {
  readonly sizeBytes: number
  parse(bytes: Uint8Array, base?: number): V
  serialise(values: V, bytes?: Uint8Array, base?: number): Uint8Array
}

export function nested<V>(declared: Declared<V>): FieldType<V> {
  return {
    sizeBytes: declared.sizeBytes,
    get: (bytes, at) => declared.parse(bytes, at),
    set: (bytes, at, value) => void declared.serialise(value, bytes, at),
  }
}
