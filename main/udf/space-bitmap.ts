/** Space bitmap descriptor (ECMA-167 4/14.12): one bit a block, set when it is free. */
import { u32le } from '../bytes/field-types.ts'
import { structure } from '../bytes/structure.ts'
import { tag } from './descriptor-tag.ts'

/** Up to the bits, which follow. */
export const SpaceBitmap = structure('Space Bitmap Descriptor', 'ECMA-167 4/14.12', {
  tag, // 4/14.12.1
  bitCount: u32le, // 4/14.12.2
  bitmapLengthBytes: u32le, // 4/14.12.3
})
