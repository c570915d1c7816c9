/** Charspec (ECMA-167 1/7.2.1): every character set of a UDF volume is CS0 (UDF 2.1.2). */
import { u8 } from '../bytes/field-types.ts'
import { structure } from '../bytes/structure.ts'
import { nested } from './nested-field.ts'
import { zeroPadded } from './zero-padded.ts'

export const CharacterSet = structure('Charspec', 'ECMA-167 1/7.2.1', {
  type: u8, // 1/7.2.1.1
  information: zeroPadded(63), // 1/7.2.1.2
})

export const characterSet = nested(CharacterSet)
export const CS0 = { type: 0, information: 'OSTA Compressed Unicode' } as const
