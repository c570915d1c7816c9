/** The manual page and the completions, judged by groff and by the shells themselves where they are installed. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commandLoaders } from './command-table.ts'
import { completionsFor, type Shell, shells } from './completions.ts'
import { manPage } from './man-page.ts'

const has = (program: string, option = '--version') => spawnSync(program, [option]).error === undefined

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'isomer-shell-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

async function written(shell: Shell): Promise<string> {
  const path = join(folder, `_isomer.${shell}`)
  writeFileSync(path, await completionsFor(shell, commandLoaders))
  return path
}

describe('the manual page', () => {
  it('tells of every command and every option', async () => {
    const page = await manPage(commandLoaders, '1.2.3')
    for (const [name, load] of commandLoaders) {
      expect(page).toContain(`.SS "isomer ${name}: `)
      for (const option of Object.keys((await load()).options)) expect(page).toContain(`\\-\\-${option.replaceAll('-', '\\-')}`)
    }
  })

  it.skipIf(!has('groff'))('is set by groff without a warning', async () => {
    const page = await manPage(commandLoaders, '1.2.3')
    const { stdout, stderr, status } = spawnSync('groff', ['-k', '-man', '-Tutf8', '-ww', '-P-cbou'], { input: page, encoding: 'utf8' })
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 })
    expect(stdout).toMatch(/isomer +- create, open, edit/)
    expect(stdout).toMatch(/--boot-bios FILE/)
  })
})

describe('completions', () => {
  it.each(shells)('name every command and option: %s', async (shell) => {
    const script = await completionsFor(shell, commandLoaders)
    for (const [name, load] of commandLoaders) {
      expect(script).toContain(name)
      for (const option of Object.keys((await load()).options)) expect(script).toContain(option)
    }
  })

  const inBash = (script: string, ...words: string[]) => {
    const line = `source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _isomer; printf '%s\\n' "\${COMPREPLY[@]}"`
    return spawnSync('bash', ['-c', line, 'bash', script, ...words], { encoding: 'utf8' })
  }

  it.skipIf(!has('bash'))('complete commands, their options and nothing else in bash', async () => {
    const script = await written('bash')
    expect(inBash(script, 'isomer', 'cr')).toMatchObject({ stdout: 'create\n', stderr: '' })
    expect(inBash(script, 'isomer', 'create', '--boot-b').stdout).toBe('--boot-bios\n')
    expect(inBash(script, 'isomer', 'list', '--boot-b').stdout).toBe('\n')
    expect(inBash(script, 'isomer', 'help', 'un').stdout).toBe('unmount\n')
    expect(inBash(script, 'isomer', 'list', 'photos').stdout).toBe('\n') // files are bash's own
  })

  it.skipIf(!has('zsh'))('are read by zsh', async () => {
    expect(spawnSync('zsh', ['-n', await written('zsh')], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' })
  })

  it.skipIf(!has('fish'))('are read and used by fish', async () => {
    const script = await written('fish')
    const complete = (line: string) =>
      spawnSync('fish', ['--no-config', '-c', `source ${script}; complete -C ${JSON.stringify(line)}`], { encoding: 'utf8' })
    expect(complete('isomer cr')).toMatchObject({ stdout: expect.stringMatching(/^create\t/), stderr: '' })
    expect(complete('isomer create --boot-b').stdout).toMatch(/^--boot-bios\t/)
  })
})
