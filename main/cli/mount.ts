/** `isomer mount`: an image's contents as a folder of the system. */
import type { MountMethod } from '../../shared/mounts.ts'
import { systemMounts } from '../mounts/mounts.ts'
import { operandsOf } from './arguments.ts'
import { type Command, type CommandLine, commonOptions, progressOption } from './command.ts'
import { withControl } from './command-control.ts'
import { printable, printNotice, printResult } from './output.ts'

const ways: Readonly<Record<MountMethod, string>> = {
  udisks: 'udisks2',
  kernel: 'the kernel',
  fuseiso: 'fuseiso',
  archivemount: 'archivemount',
  hdiutil: 'hdiutil',
  windows: 'Windows',
  other: 'the system',
}

async function run(line: CommandLine): Promise<number> {
  const [imagePath] = operandsOf('mount', mount, line, 1, 1) as [string]
  const result = await withControl(line, (control) => systemMounts().mount(imagePath, control))
  const { mountPoint, method } = result.mount
  if (line.options.flag('json')) printResult(`${JSON.stringify({ ...result.mount, wasMounted: result.wasMounted })}\n`)
  else if (line.options.flag('quiet')) printResult(`${mountPoint}\n`)
  else {
    const verb = result.wasMounted ? 'is mounted already' : `is mounted by ${ways[method]}, read-only`
    printResult(`${printable(imagePath)} ${verb}: ${printable(mountPoint)}\n`)
    if (!result.wasMounted && result.mount.isView)
      printNotice(
        'No system mounts this format: what is shown is a copy of its data as an ISO image, which is removed when you let it go.\n',
      )
    if (!result.wasMounted) printNotice(`Let it go with: isomer unmount ${printable(quoted(mountPoint))}\n`)
  }
  return 0
}

const quoted = (path: string) => (/^[\w./:\\-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`)

export const mount: Command = {
  summary: 'show an image as a folder of the system, read-only',
  usage: 'mount IMAGE [--json]',
  details:
    'Always read-only, without set-user-id programs and devices. On Linux through udisks2, else the kernel (as root), else fuseiso or archivemount; on macOS through hdiutil, on Windows through Mount-DiskImage. An image that is mounted already keeps its place. Of formats that no system mounts (BIN/CUE, NRG, packed ones …) the data are copied to an ISO image for that time. --quiet prints the place alone.',
  options: { ...progressOption, ...commonOptions },
  run,
}
