/** How the window may wish a disc to be burned, checked at run time. */
import * as v from 'valibot'
import { MAX_COPIES } from './limits.ts'

export const burnWishes = v.strictObject({
  speedTimes: v.nullable(v.pipe(v.number(), v.minValue(0.1), v.maxValue(1000))),
  simulate: v.boolean(),
  erase: v.boolean(),
  verify: v.boolean(),
  eject: v.boolean(),
  copies: v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(MAX_COPIES)),
  force: v.boolean(),
  leaveOpen: v.boolean(),
  append: v.boolean(),
})
