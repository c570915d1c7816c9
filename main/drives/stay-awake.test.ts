import { expect, it } from 'vitest'
import { awakeCommand, whileAwake } from './stay-awake.ts'

const commandOf = (platform: NodeJS.Platform) => {
  const command = awakeCommand(platform, 4321, 'Burning a disc')
  return command && [command.program, ...command.args].join(' ')
}

it('each system is asked in its own way, and lets go when we are gone', () => {
  expect(commandOf('linux')).toBe('systemd-inhibit --what=idle:sleep --who=Isomer --why=Burning a disc --mode=block cat')
  expect(commandOf('darwin')).toBe('caffeinate -i -s -w 4321')
  expect(commandOf('win32')).toContain('powershell.exe')
  expect(awakeCommand('win32', 4321, '')?.env?.['ISOMER_PID']).toBe('4321')
  expect(commandOf('aix')).toBeNull()
})

it('work is done and its outcome kept, whether the system helps or not', async () => {
  expect(await whileAwake('Testing', async () => 42)).toBe(42)
  await expect(
    whileAwake('Testing', async () => {
      throw new Error('as it was')
    }),
  ).rejects.toThrow('as it was')
})
