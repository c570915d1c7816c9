import { expect, test } from 'vitest'
import { listKeyAction } from './list-keys.ts'

const press = (key: string, held: { isShift?: boolean; isCtrl?: boolean } = {}) => ({ key, isShift: false, isCtrl: false, ...held })
const go = (row: number, mode = 'replace') => ({ do: 'go', row, mode })

test('arrows, pages and ends move within the list', () => {
  const at = (key: string, focus: number) => listKeyAction(press(key), focus, 100, 10)
  expect(at('ArrowDown', 5)).toEqual(go(6))
  expect(at('ArrowDown', 99)).toEqual(go(99))
  expect(at('ArrowUp', 0)).toEqual(go(0))
  expect(at('PageDown', 95)).toEqual(go(99))
  expect(at('PageUp', 4)).toEqual(go(0))
  expect([at('Home', 50), at('End', 50)]).toEqual([go(0), go(99)])
})

test('from nowhere to the first or the last', () => {
  expect(listKeyAction(press('ArrowDown'), -1, 100, 10)).toEqual(go(0))
  expect(listKeyAction(press('ArrowUp'), -1, 100, 10)).toEqual(go(99))
  expect(listKeyAction(press('ArrowDown'), -1, 0, 10)).toBeNull()
})

test('Shift extends, Ctrl only looks, and with Space it takes or lets go', () => {
  expect(listKeyAction(press('ArrowDown', { isShift: true }), 5, 100, 10)).toEqual(go(6, 'extend'))
  expect(listKeyAction(press('End', { isCtrl: true }), 5, 100, 10)).toEqual(go(99, 'look'))
  expect(listKeyAction(press(' ', { isCtrl: true }), 5, 100, 10)).toEqual(go(5, 'toggle'))
  expect(listKeyAction(press('A', { isCtrl: true }), 5, 100, 10)).toEqual({ do: 'select-all' })
})

test('other keys are left to whoever shows the list', () => {
  for (const key of [' ', 'Enter', 'Delete', 'x']) expect(listKeyAction(press(key), 5, 100, 10)).toBeNull()
})
