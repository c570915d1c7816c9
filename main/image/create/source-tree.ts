/** The tree an image is made from: what a scan found on the host, or an empty folder somebody added. */
import type { EntryType } from '../../../shared/image-model.ts'
import type { FileSystemKind } from '../../../shared/image-project.ts'
import type { ByteSource } from '../../bytes/byte-source.ts'
import type { ZisofsFacts } from '../../iso9660/iso-entry.ts'

/** Host facts of a device node. */
export interface DeviceNumber {
  readonly major: number
  readonly minor: number
}

/**
 * One entry. A million of these must fit in memory, so rare facts (link target, device, hard link, odd host name)
 * share the one optional `extra`.
 */
export class SourceNode {
  name: string
  readonly type: EntryType
  parent: SourceNode | null = null
  /** Directories only; insertion order until sorted by the plan. */
  readonly children: Map<string, SourceNode> | null
  /** Files only. */
  sizeBytes = 0
  /** Seconds since 1970; whole seconds are all the image formats hold. */
  modifiedS = 0
  accessedS = 0
  changedS = 0
  /** Permission bits with type, as in st_mode. */
  mode = 0
  uid = 0
  gid = 0
  /** The entry's own place on the host when its parent's doesn't give it (an added root, a renamed or moved entry). */
  hostPath: string | Buffer | null = null
  extra: SourceExtra | null = null

  constructor(name: string, type: EntryType) {
    this.name = name
    this.type = type
    this.children = type === 'directory' ? new Map() : null
  }

  get isDirectory(): boolean {
    return this.children !== null
  }

  /** A folder of the same facts and children, to be changed without changing this one. */
  folderCopy(): SourceNode {
    const copy = new SourceNode(this.name, 'directory')
    for (const [name, child] of this.children ?? []) copy.children?.set(name, child)
    copy.takeFacts(this)
    copy.hostPath = this.hostPath
    copy.extra = this.extra
    return copy
  }

  /** Takes over owner, mode and times. */
  takeFacts(from: SourceNode): void {
    this.mode = from.mode
    this.uid = from.uid
    this.gid = from.gid
    this.modifiedS = from.modifiedS
    this.accessedS = from.accessedS
    this.changedS = from.changedS
  }
}

export interface SourceExtra {
  linkTarget?: Buffer
  device?: DeviceNumber
  /** `device:inode` shared by all names of one file on the host. */
  hardLinkKey?: string
  /** The name's bytes where they are not UTF-8. */
  nameBytes?: Buffer | undefined
  /** Where the content comes from, when it is no file of the host. */
  content?: SourceContent
  /** Names that stay as another image had them, by tree; without version. */
  keptNames?: Partial<Record<FileSystemKind, string>>
  /** Trees that are not to show the entry. */
  absentFrom?: readonly FileSystemKind[]
  /** Recorded as not for the eyes of every user. */
  isHidden?: boolean
  /** Of content that is compressed already. */
  zisofs?: ZisofsFacts
}

/** Content that is read from elsewhere than the host's files: from an image that is edited. */
export interface SourceContent {
  /** Equal for content that is to be stored once. */
  readonly key: string
  /** Where it lies already, when the new image begins with all of the old one; null when it is to be written. */
  readonly keptLba: number | null
  /** For messages. */
  readonly displayPath: string
  /** As many bytes as the entry says; reading gives fewer where they are missing. */
  open(): ByteSource
}
