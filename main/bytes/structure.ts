/**
 * Declared on-disk structures: one declaration gives the size, parses and serialises.
 * Field types own the byte order; nothing else in the engine picks bytes apart by hand.
 */
import { Problem } from '../../shared/problem.ts'

export interface FieldType<T> {
  readonly sizeBytes: number
  get(bytes: Uint8Array, at: number): T
  set(bytes: Uint8Array, at: number, value: T): void
  /** For values stored twice: whether both copies agree. */
  agrees?(bytes: Uint8Array, at: number): boolean
}

type Declaration = Readonly<Record<string, FieldType<unknown>>>
type ValueOf<F> = F extends FieldType<infer T> ? T : never
/** Reserved fields have no value and so do not show up. */
type Named<D> = { [K in keyof D as ValueOf<D[K]> extends undefined ? never : K]: ValueOf<D[K]> }

/** One field at its place in a structure; `base` is the byte where the structure starts. */
export interface BoundField<T> {
  readonly offset: number
  readonly sizeBytes: number
  get(bytes: Uint8Array, base: number): T
  set(bytes: Uint8Array, base: number, value: T): void
}

export interface Structure<D extends Declaration> {
  /** Name in the standard. */
  readonly name: string
  readonly clause: string
  readonly sizeBytes: number
  readonly fields: { readonly [K in keyof D]: BoundField<ValueOf<D[K]>> }
  /** All named values. Throws an `image` Problem when fewer than `sizeBytes` bytes are there. */
  parse(bytes: Uint8Array, base?: number): Named<D>
  /** Writes all named values; reserved fields become zero. Gives the bytes written into. */
  serialise(values: Named<D>, bytes?: Uint8Array, base?: number): Uint8Array
  /** Names of the fields whose two stored copies differ. */
  disagreements(bytes: Uint8Array, base?: number): (keyof D & string)[]
}

/** Declares a structure; fields stand in the order of the standard, reserved ones included. */
export function structure<const D extends Declaration>(name: string, clause: string, declaration: D): Structure<D> {
  const entries = Object.entries(declaration)
  const fields: Record<string, BoundField<unknown>> = {}
  let sizeBytes = 0
  for (const [key, type] of entries) {
    const offset = sizeBytes
    fields[key] = {
      offset,
      sizeBytes: type.sizeBytes,
      get: (bytes, base) => type.get(bytes, base + offset),
      set: (bytes, base, value) => type.set(bytes, base + offset, value),
    }
    sizeBytes += type.sizeBytes
  }
  const list = entries.map(([key, type]) => ({ key, type, field: fields[key] as BoundField<unknown> }))

  const requireRoom = (bytes: Uint8Array, base: number) => {
    if (base >= 0 && base + sizeBytes <= bytes.length) return
    throw new Problem({
      kind: 'image',
      code: 'structure-cut-short',
      message: `The image ends in the middle of a ${name}.`,
      technical: `${name} (${clause}) needs ${sizeBytes} bytes at ${base}, ${Math.max(0, bytes.length - base)} are there`,
    })
  }

  return {
    name,
    clause,
    sizeBytes,
    fields: fields as Structure<D>['fields'],
    parse(bytes, base = 0) {
      requireRoom(bytes, base)
      const values: Record<string, unknown> = {}
      for (const { key, field } of list) {
        const value = field.get(bytes, base)
        if (value !== undefined) values[key] = value
      }
      return values as Named<D>
    },
    serialise(values, bytes = new Uint8Array(sizeBytes), base = 0) {
      requireRoom(bytes, base)
      for (const { key, field } of list) field.set(bytes, base, (values as Record<string, unknown>)[key])
      return bytes
    },
    disagreements(bytes, base = 0) {
      requireRoom(bytes, base)
      return list.filter(({ type, field }) => type.agrees?.(bytes, base + field.offset) === false).map(({ key }) => key)
    },
  }
}
