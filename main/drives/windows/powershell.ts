/**
 * Runs the scripts in script/ with Windows PowerShell. Script and facts go in through the environment: there is no file
 * that another program could change before it runs, no policy for script files to get in the way, nothing to quote, and
 * never a path as text of a script.
 */
import type { ToolCommand } from '../run-tool.ts'
import burn from './script/burn.ps1?raw'
import disks from './script/disks.ps1?raw'
import drives from './script/drives.ps1?raw'
import epilogue from './script/epilogue.ps1?raw'
import erase from './script/erase.ps1?raw'
import freeDisk from './script/free-disk.ps1?raw'
import native from './script/native.cs?raw'
import prologue from './script/prologue.ps1?raw'
import rescan from './script/rescan.ps1?raw'
import stayAwake from './script/stay-awake.ps1?raw'
import tray from './script/tray.ps1?raw'
import watch from './script/watch.ps1?raw'

const scripts = { burn, disks, drives, erase, freeDisk, rescan, stayAwake, tray, watch }
export type ScriptName = keyof typeof scripts
export const scriptNames = Object.keys(scripts) as ScriptName[]

/** Compiling takes a second, so only those that need it. */
const COMPILED: readonly ScriptName[] = ['burn', 'drives', 'erase', 'freeDisk']
const RUN = '& ([ScriptBlock]::Create($env:ISOMER_SCRIPT))'

export const scriptText = (name: ScriptName): string => `${prologue}try {\n${scripts[name]}${epilogue}`

/** `facts` become variables of the environment: `drive` is $env:ISOMER_DRIVE. */
export function scriptCommand(name: ScriptName, facts: Readonly<Record<string, string>> = {}): ToolCommand {
  const variables = Object.entries({ ...facts, script: scriptText(name), ...(COMPILED.includes(name) ? { code: native } : {}) })
  return {
    program: windowsPowerShell(),
    args: ['-NoLogo', '-NoProfile', '-NonInteractive', '-Command', RUN],
    env: Object.fromEntries(variables.map(([key, value]) => [`ISOMER_${key.toUpperCase()}`, value])),
  }
}

/** By its full path: a program of that name could lie in the folder that somebody works in. */
function windowsPowerShell(): string {
  return `${process.env['SystemRoot'] ?? 'C:\\Windows'}\\System32\\WindowsPowerShell\\v1.0\\powershell.exe`
}
