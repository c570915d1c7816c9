/** Where things stand on discs of several sessions. */

/** Frames between the last track of a session and the first of the next: lead-out, lead-in and pause (Orange Book). */
export const sessionGapSectors = (endedSession: number): number => (endedSession === 1 ? 11_400 : 6900)
/** Where the high-density area of a GD-ROM begins. */
export const HIGH_DENSITY_LBA = 45_000
