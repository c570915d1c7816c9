/**
 * Memory that begins at the start of a page. The kernel copies file data into it up to twice as fast as into memory at
 * an odd multiple of 16 bytes, which is what ordinary buffers of this size mostly are. WebAssembly's memory is placed
 * so; resizable buffers are too, but every access to them costs the engine an extra check.
 */

interface PlacedMemory {
  readonly buffer: ArrayBuffer | SharedArrayBuffer
}
interface MemorySize {
  readonly initial: number
  readonly maximum: number
  readonly shared: boolean
}
type MemoryConstructor = new (size: MemorySize) => PlacedMemory

const WASM_PAGE_BYTES = 64 * 1024

/** Null where there is no such memory, or no room for the large stretch of addresses that it reserves. */
function placedMemory(sizeBytes: number, shared: boolean): ArrayBuffer | SharedArrayBuffer | null {
  const pages = Math.ceil(sizeBytes / WASM_PAGE_BYTES)
  try {
    const { Memory } = (globalThis as unknown as { WebAssembly: { Memory: MemoryConstructor } }).WebAssembly
    return new Memory({ initial: pages, maximum: pages, shared }).buffer
  } catch {
    return null // ordinary memory does as well, only slower
  }
}

/** A buffer for bulk reads, filled with zeros. */
export function alignedBuffer(sizeBytes: number): Buffer {
  const memory = placedMemory(sizeBytes, false)
  return memory === null ? Buffer.alloc(sizeBytes) : Buffer.from(memory, 0, sizeBytes)
}

/** The same, to be shared between threads; at least as large as asked for. */
export function alignedSharedMemory(sizeBytes: number): SharedArrayBuffer {
  return (placedMemory(sizeBytes, true) as SharedArrayBuffer | null) ?? new SharedArrayBuffer(sizeBytes)
}
