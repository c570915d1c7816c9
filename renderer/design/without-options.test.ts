import { expect, it } from 'vitest'
import { withoutOptions } from './without-options.ts'

it('advice says nothing of options of the command line', () => {
  expect(withoutOptions('Go on with it (--resume), or say that it may be replaced (--force).')).toBe(
    'Go on with it, or say that it may be replaced.',
  )
  expect(withoutOptions('Put in a blank disc (a DVD+R).')).toBe('Put in a blank disc (a DVD+R).')
})
