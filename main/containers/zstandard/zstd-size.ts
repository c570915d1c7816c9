/** What Isomer puts into one frame: a megabyte is expanded in a moment, and packs almost as well as all together. */
export const FRAME_BYTES = 2 ** 20

/** Of what is written, at most. */
export const zstdBytes = (contentBytes: number): number => Math.ceil(contentBytes / FRAME_BYTES + 1) * (FRAME_BYTES + 8192)
