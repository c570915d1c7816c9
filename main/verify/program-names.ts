/** Tells by its name what a file is to the systems that start programs by name. */

/** Extensions that Windows runs, directly or through one of its interpreters. */
const windowsPrograms = new Set('exe com scr pif msi msp bat cmd ps1 vbs vbe js jse wsf wsh hta cpl lnk reg jar gadget msc'.split(' '))
const macPrograms = new Set('app pkg mpkg dmg command workflow'.split(' '))
/** What people take for harmless, and so what a program's name is dressed up as. */
const documents = new Set('jpg jpeg png gif pdf doc docx xls xlsx ppt pptx txt mp3 mp4 avi mkv zip rar html htm'.split(' '))

export type ProgramSystem = 'Windows' | 'macOS'

const extensionsOf = (name: string): string[] => name.toLowerCase().split('.').slice(1)

/** The system on which opening a file of this name starts a program; null when none does. */
export function programSystem(name: string): ProgramSystem | null {
  const extension = extensionsOf(name).at(-1)?.trimEnd() ?? ''
  if (windowsPrograms.has(extension)) return 'Windows'
  return macPrograms.has(extension) ? 'macOS' : null
}

/** Characters that turn the reading direction, so that `gpj.exe` may be shown as `exe.jpg`. */
const TURNING = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/
const MANY_BLANKS = /\s{8,}\S*$/

/** Why a program's name looks as if it were something else; null when it does not. */
export function disguiseOf(name: string): 'turned' | 'padded' | 'double' | null {
  if (programSystem(name) === null) return null
  if (TURNING.test(name)) return 'turned'
  if (MANY_BLANKS.test(name)) return 'padded'
  const before = extensionsOf(name).at(-2)?.trimEnd() ?? ''
  return documents.has(before) ? 'double' : null
}
