import { describe, expect, it } from 'vitest'
import { isNewer, isVersion } from './version-order.ts'

describe('the order of versions', () => {
  it.each([
    ['0.1.1', '0.1.0'],
    ['0.2.0', '0.1.9'],
    ['0.10.0', '0.9.0'],
    ['1.0.0', '0.99.99'],
    ['10.0.0', '9.0.0'],
    ['0.2.0', '0.2.0-beta.1'],
    ['0.2.1+build.7', '0.2.0'],
  ])('%s is newer than %s, and not the other way round', (newer, older) => {
    expect(isNewer(newer, older)).toBe(true)
    expect(isNewer(older, newer)).toBe(false)
  })

  it.each([
    ['0.1.0', '0.1.0'],
    ['0.1.0+build.7', '0.1.0'],
    ['0.2.0-beta.2', '0.2.0-beta.1'],
    ['9.0.0-rc.1', '0.1.0'],
    ['nonsense', '0.1.0'],
    ['0.2.0', 'nonsense'],
  ])('%s is not offered to whoever has %s', (offered, own) => expect(isNewer(offered, own)).toBe(false))

  it.each(['', '1', '1.2', '1.2.3.4', 'v1.2.3', '01.2.3', '1.2.-3', '1.2.3 ', '1.2.1234567890', '1.2.3-', '1.2.3-ä', '１.2.3'])(
    '“%s” is no version',
    (text) => expect(isVersion(text)).toBe(false),
  )
})
