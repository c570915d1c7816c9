/** Characters of one byte, filled up with zeros. */
import type { FieldType } from '../bytes/structure.ts'

export function zeroPadded(sizeBytes: number): FieldType<string> {
  return {
    sizeBytes,
    get(b, at) {
      let text = ''
      for (let i = at; i < at + sizeBytes && b[i] !== 0; i++) text += String.fromCharCode(b[i] as number)
      return text
    },
    set(b, at, value) {
      for (let i = 0; i < sizeBytes; i++) b[at + i] = i < value.length ? value.charCodeAt(i) & 0xff : 0
    },
  }
}
