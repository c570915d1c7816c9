import { describe, expect, it } from 'vitest'
import { argumentPaths } from './argument-paths.ts'

describe('paths on the command line', () => {
  const here = import.meta.dirname

  it('are made absolute from the folder they were typed in', () =>
    expect(argumentPaths(['argument-paths.ts', '..'], here)).toEqual([`${here}/argument-paths.ts`, here.replace(/\/setup$/, '')]))
  it('are what is no switch and is there', () =>
    expect(argumentPaths(['--no-sandbox', '-psn_0_1', '', '--user-data-dir=/tmp', 'gone.iso', 'app://isomer/'], here)).toEqual([]))
})
