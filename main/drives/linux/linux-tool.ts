/** The programs that write discs on Linux, best first: xorriso knows every kind of disc and says most about its work. */
export const linuxTools = ['xorriso', 'cdrskin', 'growisofs', 'wodim'] as const
export type LinuxTool = (typeof linuxTools)[number]
