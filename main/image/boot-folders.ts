/** Folders that no tree of an image has, for what firmware and partition tables lead to. */
export const BOOT_FOLDER = '[BOOT]'
export const PARTITIONS_FOLDER = '[PARTITIONS]'
