/**
 * Memory that begins at the start of a page. The kernel copies file data into it several times as fast as into memory
 * at an odd multiple of 16 bytes, which is what ordinary buffers of this size mostly are. Resizable buffers are the
 * ones that JavaScript places so.
 */

type Placed<T> = new (sizeBytes: number, options: { maxByteLength: number }) => T
const PlacedArrayBuffer = ArrayBuffer as unknown as Placed<ArrayBuffer>
const PlacedSharedArrayBuffer = SharedArrayBuffer as unknown as Placed<SharedArrayBuffer>

/** A buffer for bulk reads, filled with zeros. */
export function alignedBuffer(sizeBytes: number): Buffer {
  return Buffer.from(new PlacedArrayBuffer(sizeBytes, { maxByteLength: sizeBytes }), 0, sizeBytes)
}

/** The same, to be shared between threads. */
export function alignedSharedMemory(sizeBytes: number): SharedArrayBuffer {
  return new PlacedSharedArrayBuffer(sizeBytes, { maxByteLength: sizeBytes })
}
