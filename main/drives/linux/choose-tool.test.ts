import { describe, expect, it } from 'vitest'
import type { MediumKind } from '../../../shared/drives.ts'
import { chooseTool, type ToolQuestion } from './choose-tool.ts'
import { installCommand } from './installed-tools.ts'
import { type LinuxTool, linuxTools } from './linux-tool.ts'

const all: readonly LinuxTool[] = linuxTools
const ask = (installed: readonly LinuxTool[], kind: MediumKind, changes: Partial<ToolQuestion> = {}) =>
  chooseTool({ work: 'burn', drive: 'device', medium: { kind }, installed: new Set(installed), ...changes })

describe('the program that burns', () => {
  it.each<[readonly LinuxTool[], MediumKind, LinuxTool | null]>([
    [all, 'CD-R', 'xorriso'],
    [all, 'BD-RE', 'xorriso'],
    [['cdrskin', 'growisofs', 'wodim'], 'DVD-R', 'cdrskin'],
    [['growisofs', 'wodim'], 'DVD+R', 'growisofs'],
    [['growisofs', 'wodim'], 'CD-R', 'wodim'],
    [['growisofs'], 'CD-R', null],
    [['wodim'], 'DVD-R', 'wodim'],
    [['wodim'], 'DVD+RW', null],
    [['wodim'], 'BD-R', null],
    [['wodim'], 'DVD+R DL', null],
    [['growisofs'], 'DVD-R DL', null],
    [['growisofs'], 'DVD+R DL', 'growisofs'],
    [[], 'CD-R', null],
  ])('of %j, for a %s: %s', (installed, kind, tool) => {
    expect(ask(installed, kind).tool).toBe(tool)
  })

  it('of several sessions does not count on growisofs, nor on wodim for DVDs', () => {
    expect(ask(['growisofs', 'wodim'], 'DVD+R', { hasSessions: true })).toMatchObject({ tool: null, wanted: 'xorriso' })
    expect(ask(['growisofs', 'wodim'], 'CD-R', { hasSessions: true }).tool).toBe('wodim')
  })

  it('of a virtual disc is xorriso, or is wanted', () => {
    expect(ask(all, 'virtual disc', { drive: 'virtual' }).tool).toBe('xorriso')
    expect(ask(['cdrskin', 'wodim'], 'virtual disc', { drive: 'virtual' })).toMatchObject({ tool: null, wanted: 'xorriso' })
  })

  it('is chosen for a reason', () => {
    expect(ask(all, 'CD-R').reason).toBe('xorriso writes every kind of disc and tells most about it.')
    expect(ask(['wodim'], 'CD-R').reason).toBe('xorriso is not installed; cdrskin is not installed; growisofs does not write CDs.')
    expect(ask(['growisofs'], 'CD-R')).toEqual({
      tool: null,
      wanted: 'xorriso',
      reason: 'xorriso is not installed, and nothing else that is could do it.',
    })
  })

  it.each<[LinuxTool, MediumKind, boolean]>([
    ['growisofs', 'CD-RW', false],
    ['growisofs', 'DVD-RW', true],
    ['wodim', 'CD-RW', true],
    ['wodim', 'DVD-RW', false],
    ['cdrskin', 'BD-RE', true],
  ])('%s erases a %s: %s', (tool, kind, can) => {
    expect(ask([tool], kind, { work: 'erase' }).tool).toBe(can ? tool : null)
  })

  it('looks at discs with xorriso alone', () => {
    expect(ask(all, 'CD-R', { work: 'look', medium: null }).tool).toBe('xorriso')
    expect(ask(['cdrskin'], 'CD-R', { work: 'look', medium: null }).tool).toBeNull()
  })
})

describe('the command that installs a program', () => {
  it.each([
    ['ID=debian\n', 'sudo apt install xorriso'],
    ['NAME="Linux Mint"\nID=linuxmint\nID_LIKE="ubuntu debian"\n', 'sudo apt install xorriso'],
    ['ID="fedora"\n', 'sudo dnf install xorriso'],
    ['ID=manjaro\nID_LIKE=arch\n', 'sudo pacman -S libisoburn'],
    ['ID="opensuse-leap"\nID_LIKE="suse opensuse"\n', 'sudo zypper install xorriso'],
    ['', 'sudo apt install xorriso'],
  ])('%j', (osRelease, command) => {
    expect(installCommand('xorriso', osRelease)).toBe(command)
  })
})
