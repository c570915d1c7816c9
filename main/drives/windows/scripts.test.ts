import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { isInstalled } from '../linux/installed-tools.ts'
import { scriptCommand, scriptNames, scriptText } from './powershell.ts'

/** The most that Windows takes as the value of a variable. */
const MOST_CHARACTERS = 32_767

describe('a script', () => {
  it.each(scriptNames)('%s goes in through the environment, and no fact is part of its text', (name) => {
    const { program, args, env = {} } = scriptCommand(name, { image: 'C:\\it’s "mine"; Remove-Item.iso' })
    expect(program).toMatch(/\\System32\\WindowsPowerShell\\v1\.0\\powershell\.exe$/)
    expect(args).toEqual(['-NoLogo', '-NoProfile', '-NonInteractive', '-Command', '& ([ScriptBlock]::Create($env:ISOMER_SCRIPT))'])
    expect(env['ISOMER_SCRIPT']).toBe(scriptText(name))
    expect(env['ISOMER_SCRIPT']).not.toContain('mine')
    expect(env['ISOMER_IMAGE']).toBe('C:\\it’s "mine"; Remove-Item.iso')
  })

  it.each(scriptNames)('%s is short enough, and in letters that every code page has', (name) => {
    for (const text of Object.values(scriptCommand(name).env ?? {})) {
      expect(text.length).toBeLessThan(MOST_CHARACTERS)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: what is asked is whether there are others
      expect(text).toMatch(/^[\x00-\x7f]*$/)
    }
  })

  it.each(scriptNames)('%s uses no fact that it does not get', (name) => {
    const used = [...scriptText(name).matchAll(/\$env:ISOMER_(\w+)/g)].map(([, fact]) => fact)
    const given = ['CODE', 'DRIVE', 'IMAGE', 'OVERWRITE', 'SPEED', 'STOP', 'FULL', 'MOVE', 'DISK', 'SIZE', 'SERIAL', 'PID', 'CLOSE']
    expect(given).toEqual(expect.arrayContaining(used))
  })
})

interface Grammar {
  readonly Parser: {
    init(): Promise<void>
    new (): { setLanguage(language: unknown): void; parse(text: string): { rootNode: { hasError: boolean } } }
  }
  readonly Language: { load(path: string): Promise<unknown> }
}

/** Null where the package is not installed. */
async function powershellErrors(): Promise<((text: string) => boolean) | null> {
  const require = createRequire(import.meta.url)
  try {
    const { Parser, Language } = require('@vscode/tree-sitter-wasm') as Grammar
    await Parser.init()
    const folder = dirname(require.resolve('@vscode/tree-sitter-wasm'))
    const parser = new Parser()
    parser.setLanguage(await Language.load(join(folder, 'tree-sitter-powershell.wasm')))
    return (text) => parser.parse(text).rootNode.hasError
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return null
    throw error
  }
}
const hasErrors = await powershellErrors()

describe.skipIf(hasErrors === null)('by the grammar of PowerShell', () => {
  it.each(scriptNames)('%s is without errors', (name) => {
    expect(hasErrors?.(scriptText(name))).toBe(false)
  })

  it('control: a bracket less is an error', () => {
    expect(hasErrors?.(scriptText('burn').replace("($env:ISOMER_OVERWRITE -eq '1')", "($env:ISOMER_OVERWRITE -eq '1'"))).toBe(true)
  })
})

describe.skipIf(!isInstalled('mcs') || !isInstalled('mono'))('what Windows compiles', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'isomer-native-'))
  afterAll(() => rmSync(scratch, { recursive: true, force: true }))

  it('is C# 5, and does what it should where that needs no Windows', () => {
    const program = join(scratch, 'check.exe')
    const sources = ['script/native.cs', 'testing/native-check.cs'].map((name) => join(import.meta.dirname, name))
    execFileSync('mcs', ['-langversion:5', '-warnaserror', '-warn:4', `-out:${program}`, ...sources])
    const image = join(scratch, 'image.iso')
    writeFileSync(image, Buffer.alloc(2500, 7))
    const said = execFileSync('mono', [program, image, join(scratch, 'stop')], { encoding: 'utf8' })
      .trim()
      .split('\n')
    const written =
      '{"event":"write","action":4,"startSector":16,"sectorCount":100,"writtenSector":47,"elapsedSeconds":12,"remainingSeconds":340,"bufferBytes":1000,"bufferUsedBytes":-1}'
    expect(said).toEqual([
      'size 4096',
      'at 1000',
      'read 3000 first 7 last 7 padding 0 0',
      '{"event":"read","bytes":4096}',
      'read 96 0',
      '{"event":"read","bytes":4096}',
      'read 0',
      written,
      'cancels 0',
      written,
      written,
      'cancels 1',
      '{"event":"erase","elapsedSeconds":30,"totalSeconds":120}',
    ])
  })

  it('needs nothing of a newer C#', () => {
    expect(readFileSync(join(import.meta.dirname, 'script/native.cs'), 'utf8')).not.toMatch(/\$"|nameof\(|\?\./)
  })
})
