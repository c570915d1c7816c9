import { expect, it } from 'vitest'
import { LinuxFlash } from './flash/linux/linux-flash.ts'
import { MacosFlash } from './flash/macos/macos-flash.ts'
import { WindowsFlash } from './flash/windows/windows-flash.ts'
import { LinuxDrives } from './linux/linux-drives.ts'
import { MacosDrives } from './macos/macos-drives.ts'
import { systemDrives, systemFlash } from './system-drives.ts'
import { WindowsDrives } from './windows/windows-drives.ts'

it('each system has its own way to discs and to sticks', async () => {
  expect(await systemDrives('linux')).toBeInstanceOf(LinuxDrives)
  expect(await systemDrives('darwin')).toBeInstanceOf(MacosDrives)
  expect(await systemDrives('win32')).toBeInstanceOf(WindowsDrives)
  expect(await systemFlash('linux')).toBeInstanceOf(LinuxFlash)
  expect(await systemFlash('darwin')).toBeInstanceOf(MacosFlash)
  expect(await systemFlash('win32')).toBeInstanceOf(WindowsFlash)
})

it('a system that is not known has none, and says so', async () => {
  await expect(systemDrives('aix')).rejects.toMatchObject({ report: { code: 'no-drives-here' } })
  await expect(systemFlash('aix')).rejects.toMatchObject({ report: { code: 'no-flashing-here' } })
})
