/** Programs of a test's own that come before the system's: wrappers around the real ones. */
import { execFileSync } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { projectRoot, type StartCommand } from './launch.ts'

/** A folder that the app looks for programs in first. */
export async function withOwnPrograms(command: StartCommand, folder: string): Promise<StartCommand> {
  await mkdir(folder, { recursive: true })
  return { ...command, env: { ...command.env, PATH: `${folder}:${command.env['PATH']}` } }
}

export interface DiscConditions {
  /** A drive as slow as that; libburn keeps to it with virtual discs too. */
  readonly kilobytesPerSecond?: number
  /** A disc that loses a byte right after it was written. */
  readonly flips?: { readonly discPath: string; readonly byte: number }
}

/** The real xorriso, in a drive under these conditions. */
export function underConditions(folder: string, { kilobytesPerSecond, flips }: DiscConditions): Promise<void> {
  const real = execFileSync('sh', ['-c', 'command -v xorriso'], { encoding: 'utf8' }).trim()
  const slowed = kilobytesPerSecond === undefined ? '' : `speed=${kilobytesPerSecond}k`
  const flip = flips === undefined ? ':' : `printf '\\377' | dd of='${flips.discPath}' bs=1 seek=${flips.byte} conv=notrunc 2>/dev/null`
  const script = `#!/bin/sh
if [ "$2" != cdrecord ]; then exec ${real} "$@"; fi
shift 2
trap 'kill -TERM $!' TERM
${real} -as cdrecord ${slowed} "$@" <&0 &
wait $!
ended=$?
[ $ended -gt 128 ] && { wait $!; ended=$?; }
${flip}
exit $ended
`
  return writeFile(join(folder, 'xorriso'), script, { mode: 0o755 })
}

/**
 * The real xorriso, for whom virtual discs are DVD-R: it says so of them, and writes sessions one behind the other. That a
 * disc was closed is noted beside it, as its file has no place for that.
 */
export function withRecordableDiscs(folder: string): Promise<void> {
  const real = execFileSync('sh', ['-c', 'command -v xorriso'], { encoding: 'utf8' }).trim()
  const script = `#!/bin/sh
for word; do case "$word" in stdio:*) disc=\${word#stdio:} ;; dev=stdio:*) disc=\${word#dev=stdio:} ;; esac; done
next=$((($(stat -c %s "$disc") / 2048 + 31) / 32 * 32))
case " $* " in
  *' -msinfo '*) echo "0,$next" ;;
  *' -tao '*)
    shift 2
    case " $* " in *' -multi '*) ;; *) : >"$disc.closed" ;; esac
    exec ${real} -as cdrecord write_start_address="\${next}s" "$@" ;;
  *' -toc '*)
    state='is appendable'
    [ -e "$disc.closed" ] && state='is closed'
    ${real} "$@" 2>&1 | sed -e 's/stdio file, overwriteable/DVD-R sequential recording/' -e "s/is appendable/$state/" ;;
  *) exec ${real} "$@" ;;
esac
`
  return writeFile(join(folder, 'xorriso'), script, { mode: 0o755 })
}

const recordedDisks = join(projectRoot, 'main/drives/linux/testing/recordings/lsblk-stick-and-root.txt')

/** Says that a stick is plugged in, as lsblk said it of one in the lab; its device is nowhere, so nothing can be written. */
export function withRecordedStick(folder: string): Promise<void> {
  const changes = [
    's#/dev/sda#/dev/no-such-stick#g',
    's#"/mnt"#null#g',
    's#"QEMU HARDDISK"#"Ultra USB 3.0"#',
    's#"QEMU *"#"SanDisk"#',
    's#33554432#31268536320#',
  ]
  const script = `#!/bin/sh\nsed ${changes.map((change) => `-e '${change}'`).join(' ')} '${recordedDisks}'\n`
  return writeFile(join(folder, 'lsblk'), script, { mode: 0o755 })
}
