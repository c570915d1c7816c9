import type { PresetName } from '../../shared/image-project.ts'

/** Who can read an image that was made so. */
export const presetWords: Readonly<Record<PresetName, string>> = {
  everywhere: 'Windows, macOS, Linux and most players; UDF is added when a file has over 4 GiB',
  windows: 'Windows; long names, no Unix modes or links',
  linux: 'Linux and other Unix systems, with modes, owners and links',
  macos: 'macOS and Linux, with modes and links, names in any script and files of any size',
  'dvd-video': 'DVD players; the folder needs VIDEO_TS in it',
  'blu-ray': 'Blu-ray players and all systems since 2008; the folder needs BDMV in it',
  bootable: 'As Everywhere; computers also start from it, as a disc or a USB stick',
  oldest: 'DOS and anything since; names of 8 and 3 capitals',
}
