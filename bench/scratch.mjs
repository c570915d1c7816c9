/** Where the inputs and results lie while they are measured. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const GIB = 1024 ** 3
/** What the contenders themselves may need beside files that are held in memory. */
const SPARE_MEMORY_BYTES = 2 * GIB
/** Small files take up whole pages. */
const PAGE_BYTES = 4096
const memoryFileSystems = new Set([0x01021994, 0x858458f6]) // tmpfs, ramfs: magic numbers of statfs(2)

/** Room for the largest moment of a stage: source, result and, for small files, one contender's temporary copy. */
export function bytesNeeded(inputs) {
  const storedBytes = ({ expectedBytes, fileCount }) => expectedBytes + fileCount * PAGE_BYTES
  return Math.ceil(1.05 * Math.max(...inputs.map((input) => storedBytes(input) * (input.fileCount > 1 ? 3 : 2))))
}

function freeBytes(folder) {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}

const isInMemory = (folder) => process.platform === 'linux' && memoryFileSystems.has(statfsSync(folder).type)

/** os.freemem() leaves out what the kernel would give back. */
function availableMemoryBytes() {
  const kib = /^MemAvailable:\s+(\d+) kB$/m.exec(readFileSync('/proc/meminfo', 'latin1'))?.[1]
  return Number(kib ?? 0) * 1024
}

function hasMemoryRoom(folder, neededBytes) {
  if (!existsSync(folder) || !isInMemory(folder)) return false
  return freeBytes(folder) >= neededBytes && availableMemoryBytes() >= neededBytes + SPARE_MEMORY_BYTES
}

/**
 * Makes an empty folder: in the one asked for, else in memory if there is room, else where temporary files go.
 * Throws a plain sentence if there is not enough room.
 */
export function makeScratch(askedFolder, neededBytes) {
  const memoryFolder = hasMemoryRoom('/dev/shm', neededBytes) ? '/dev/shm' : tmpdir()
  const parent = askedFolder === undefined ? memoryFolder : resolve(askedFolder)
  try {
    mkdirSync(parent, { recursive: true })
  } catch (error) {
    throw new Error(`The scratch folder ${parent} could not be made. Name another with --scratch.`, { cause: error })
  }
  if (freeBytes(parent) < neededBytes)
    throw new Error(
      `There is too little room in ${parent}: ${(neededBytes / GIB).toFixed(1)} GiB are needed. ` +
        'Name a folder with more room with --scratch, or try --small.',
    )
  return { folder: mkdtempSync(join(parent, 'isomer-bench-')), parent, isInMemory: isInMemory(parent) }
}
