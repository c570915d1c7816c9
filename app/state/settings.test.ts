import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Settings } from './settings.ts'

describe('settings', () => {
  let folder: string
  const file = () => join(folder, 'settings.json')
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'isomer-settings-'))
    vi.spyOn(console, 'error').mockImplementation(() => {})
  })
  afterEach(() => {
    vi.restoreAllMocks()
    rmSync(folder, { recursive: true })
  })

  it('are there again at the next start', () => {
    const bounds = { x: 1, y: 2, width: 900, height: 600, maximized: true }
    new Settings(file()).set('window', bounds)
    const next = new Settings(file())
    expect(next.get('window')).toEqual(bounds)
    expect(next.get('targetFolder')).toBeNull()
    expect(next.problem).toBeNull()
  })

  for (const [name, text] of [
    ['is no JSON', '{"version": 1, '],
    ['has a member of a wrong type', '{"version":1,"window":{"x":"1"},"targetFolder":null,"sourceFolder":null}'],
    ['has an unknown member', '{"version":1,"window":null,"targetFolder":null,"sourceFolder":null,"more":1}'],
    ['is of a later version', '{"version":2,"window":null,"targetFolder":null,"sourceFolder":null}'],
  ] as const)
    it(`sets a file aside that ${name}, and starts with the defaults`, () => {
      writeFileSync(file(), text)
      const settings = new Settings(file())
      expect(settings.get('window')).toBeNull()
      expect(settings.get('theme')).toBe('system')
      expect(settings.problem).toMatchObject({ code: 'settings-damaged', kept: expect.stringContaining('settings.json.damaged-') })
      const [aside] = readdirSync(folder)
      expect(aside).toMatch(/^settings\.json\.damaged-/)
      expect(readFileSync(join(folder, aside ?? ''), 'utf8')).toBe(text)
    })
})
