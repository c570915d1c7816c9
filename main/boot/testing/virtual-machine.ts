/**
 * A machine without a window that tries to start an image, by QEMU's software emulation: with KVM, some machines hang.
 * The firmware shows its screen on the serial port, and with it what boot loaders write to the screen.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { isInstalled } from './foreign-boot-readers.ts'

export interface StartRequest {
  readonly image: string
  readonly medium: 'cd' | 'usb-stick'
  readonly firmware: 'bios' | 'uefi'
  /** What the machine shows when it has started; it is switched off then. */
  readonly until: string | RegExp
  /** How long it may take; a test that expects `until` leaves this alone. */
  readonly timeoutS?: number
}

export interface StartReport {
  readonly started: boolean
  /** What the machine showed, without the codes that place text on a terminal. */
  readonly text: string
  /** Whole seconds from the last sign of life to the end. */
  readonly silentS: number
}

/** What starts what. */
export const machines = {
  'BIOS, disc': { medium: 'cd', firmware: 'bios' },
  'UEFI, disc': { medium: 'cd', firmware: 'uefi' },
  'BIOS, stick': { medium: 'usb-stick', firmware: 'bios' },
  'UEFI, stick': { medium: 'usb-stick', firmware: 'uefi' },
} as const satisfies Record<string, Pick<StartRequest, 'medium' | 'firmware'>>

/** Many times what the slowest loader needs, for machines that are busy. */
const TIMEOUT_S = 120
/** What firmware shows when nothing could be started. */
const gaveUp = { bios: /No bootable device/, uefi: /UEFI Interactive Shell|No bootable option or device was found/ }

/** OVMF in one file, with nothing that it remembers from start to start. */
const UEFI_FIRMWARE = '/usr/share/ovmf/OVMF.fd'

/** Whether QEMU and both firmwares are there. */
export const canStartMachines = (): boolean => isInstalled('qemu-system-x86_64') && existsSync(UEFI_FIRMWARE)

/**
 * Starts the machine and gives what it showed; it ends at `until`, when the firmware gives up, or at the time-out. One that
 * came to none of these is started once more, and that is said (docs/starting.md): a second one like that is no accident.
 */
export async function startFrom(request: StartRequest): Promise<StartReport> {
  const report = await startOnce(request)
  const stoodStill = !report.started && !gaveUp[request.firmware].test(report.text)
  if (!stoodStill || request.timeoutS !== undefined) return report
  console.warn(
    `A machine stood still and is started once more: ${request.firmware}, ${request.medium}, ${request.image}. It showed nothing for ${report.silentS} s and ended with ${JSON.stringify(report.text.slice(-200))}.`,
  )
  return startOnce(request)
}

async function startOnce(request: StartRequest): Promise<StartReport> {
  const machine = spawn('timeout', ['--kill-after=2', String(request.timeoutS ?? TIMEOUT_S), 'qemu-system-x86_64', ...machineOf(request)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let shown = ''
  let complaint = ''
  let started = false
  let lastMs = performance.now()
  machine.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text
  })
  machine.stdout.setEncoding('utf8').on('data', (text: string) => {
    shown += text
    lastMs = performance.now()
    const plain = withoutTerminalCodes(shown)
    started ||= typeof request.until === 'string' ? plain.includes(request.until) : request.until.test(plain)
    if (started || gaveUp[request.firmware].test(plain)) machine.kill()
  })
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    machine.on('error', reject)
    machine.on('close', resolve)
  })
  if (exitCode === 1) throw new Error(`QEMU: ${complaint}`)
  return { started, text: withoutTerminalCodes(shown), silentS: Math.round((performance.now() - lastMs) / 1000) }
}

function machineOf({ image, medium, firmware }: StartRequest): string[] {
  const drive = ['-drive', `if=none,id=boot,format=raw,readonly=on,file=${image.replaceAll(',', ',,')}`]
  const device =
    medium === 'cd'
      ? ['-device', 'ide-cd,drive=boot,bootindex=0']
      : ['-device', 'qemu-xhci', '-device', 'usb-storage,drive=boot,removable=on,bootindex=0']
  return [
    ...['-machine', 'pc,graphics=off', '-accel', 'tcg', '-m', '256', '-nodefaults', '-no-user-config', '-no-reboot'],
    ...['-display', 'none', '-monitor', 'none', '-serial', 'stdio'],
    ...(firmware === 'uefi' ? ['-bios', UEFI_FIRMWARE] : []),
    ...drive,
    ...device,
  ]
}

/** ECMA-48 control sequences and the other unprintable bytes, but for line ends. */
function withoutTerminalCodes(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  return text.replace(/\u001b\[[0-9;=?]*[A-Za-z]|\u001bc|[\u0000-\u0009\u000b-\u001f]/g, '')
}
