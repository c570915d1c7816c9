/** Whether a disk may be overwritten with an image: a pure decision, on the safe side. */
import type { FlashTarget } from '../../../shared/drives.ts'
import { formatSize } from '../../../shared/format.ts'
import { Problem } from '../../../shared/problem.ts'

/** What a running system is made of, wherever it is mounted. */
const SYSTEM_MOUNTS = ['/', '/boot', '/boot/efi', '/efi', '/usr', '/var', '/home', '/nix', '/ostree', '/sysroot', '[SWAP]']
/** macOS mounts the parts of its system below this; Windows' are marked by its adapter. */
const SYSTEM_FOLDERS = ['/System/', '[SYSTEM]']
/** Connections of disks that are inside a computer. */
const INTERNAL_CONNECTIONS = ['sata', 'ata', 'nvme', 'pcie', 'pci', 'pci-express', 'apple fabric', 'sas', 'raid', 'virtio', 'fc', 'iscsi']

export interface FlashWish {
  readonly imageSizeBytes: number
  /** The disk that the image lies on; null when it can't be told. */
  readonly imageDisk: string | null
}

/** `SanDisk Ultra (/dev/sdb, 31 GB)`. */
export function targetWords({ vendor, model, path, sizeBytes }: FlashTarget): string {
  const name = [vendor, model].filter((part) => part !== '').join(' ')
  return `${name === '' ? 'the disk' : name} (${path}, ${formatSize(sizeBytes)})`
}

const isOfSystem = (mount: string): boolean => SYSTEM_MOUNTS.includes(mount) || SYSTEM_FOLDERS.some((folder) => mount.startsWith(folder))

/** Throws a `usage` Problem that says why the disk must not or can't be written. */
export function requireFlashable(target: FlashTarget, { imageSizeBytes, imageDisk }: FlashWish): void {
  const refuse = (code: string, message: string, advice: string) => {
    throw new Problem({ kind: 'usage', code, message, kept: 'Nothing was written.', advice })
  }
  const words = targetWords(target)
  const system = target.mountPoints.find(isOfSystem)
  if (system !== undefined) refuse('system-drive', `${words} holds the running system (${system}).`, 'Choose a stick or card.')
  if (imageDisk === target.path)
    refuse('holds-image', `The image lies on ${words} itself.`, 'Copy it to another disk first, or choose another stick.')
  if (!target.isRemovable || INTERNAL_CONNECTIONS.includes(target.connection))
    refuse('not-removable', `${words} is not removable: it belongs to this computer.`, 'Choose a stick or card.')
  if (target.sizeBytes === 0) refuse('no-medium', `There is no card in ${words}.`, 'Put one in.')
  if (target.isReadOnly) refuse('target-read-only', `${words} is write-protected.`, 'Move its lock, or choose another one.')
  if (imageSizeBytes > target.sizeBytes)
    refuse('target-too-small', `The image has ${formatSize(imageSizeBytes)}, which is more than ${words} holds.`, 'Choose a larger one.')
}
