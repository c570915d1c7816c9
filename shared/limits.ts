/** Every limit of the program, each with the reason for its value. */

/** Volume descriptors scanned; a real set has under ten, libblkid stops at 16. */
export const MAX_VOLUME_DESCRIPTORS = 64
/** Directory depth followed when reading; 7-Zip and libcdio stop at 256 too. */
export const MAX_DIRECTORY_DEPTH = 256
/** Continuation areas followed for one record; Linux allows 32. */
export const MAX_CONTINUATION_HOPS = 32
/** System use bytes joined for one record: far above any real one, and small to hold. */
export const MAX_SYSTEM_USE_BYTES = 256 * 1024
/** Joined Rock Ridge name; longer than any host allows. */
export const MAX_ROCK_RIDGE_NAME_BYTES = 1024
/** Joined symbolic link target; Linux' PATH_MAX. */
export const MAX_LINK_TARGET_BYTES = 4096
/** One directory's extent: about a million records. */
export const MAX_DIRECTORY_BYTES = 256 * 1024 * 1024
/** Path table: 65,535 directories of the longest names fit. */
export const MAX_PATH_TABLE_BYTES = 64 * 1024 * 1024

/** Findings kept of one kind; a bad image can give one for each of a million records. */
export const MAX_FINDINGS_PER_CODE = 100
/** Directory bytes read again because another directory shares them: real shared trees are small, hostile ones double at each level. */
export const MAX_SHARED_DIRECTORY_BYTES = 64 * 1024 * 1024
/** Bytes of a directory held at once: any longer one is read in such parts. */
export const DIRECTORY_PART_BYTES = 256 * 1024
/** Compressed blocks of a zisofs file, by log2: what the format's description allows. */
export const ZISOFS_BLOCK_LOG2 = { least: 15, most: 17 } as const

/** One read or write of bulk data: the size that copies at the disk cache's speed here; 1 MiB and more is slower. */
export const TRANSFER_BYTES = 256 * 1024

/** Staging: names the window accepts; the longest a host file system holds. */
export const MAX_NAME_BYTES = 255
/** Items one IPC message may carry: a drop of this many is a folder's job. */
export const MAX_ITEMS_PER_MESSAGE = 10_000
