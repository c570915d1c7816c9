import { describe, expect, it } from 'vitest'
import { startBounds } from './window-bounds.ts'

describe('window bounds at the start', () => {
  const screen = { x: 0, y: 0, width: 1920, height: 1080 }
  const at = (x: number, y: number) => ({ x, y, width: 1000, height: 700, maximized: false })

  it('are the default at the first start', () => expect(startBounds(null, [screen])).toEqual({ width: 1120, height: 760 }))
  it('are the remembered ones when they can be seen', () =>
    expect(startBounds(at(50, 60), [screen])).toEqual({ x: 50, y: 60, width: 1000, height: 700 }))
  it('keep only the size when the screen is gone', () => {
    expect(startBounds(at(2500, 60), [screen])).toEqual({ width: 1000, height: 700 })
    expect(startBounds(at(50, -400), [screen])).toEqual({ width: 1000, height: 700 })
  })
  it('are never below the minimum', () =>
    expect(startBounds({ ...at(0, 0), width: 10, height: 10 }, [screen])).toMatchObject({ width: 760, height: 520 }))
})
