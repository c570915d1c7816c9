/** Converting an image into another format: what is asked for, what would be lost, what came of it. Plain data. */
import type { ProblemReport } from './problem.ts'

export interface ConvertRequest {
  readonly imagePath: string
  readonly outPath: string
  /** Name of a format of the table of writers; told by the ending of `outPath` when null. */
  readonly format: string | null
  /** The data track that is meant, or the one track of sound that is wanted. */
  readonly track?: number | undefined
  readonly overwrite: boolean
  /** Goes on though something is lost. */
  readonly acceptsLoss: boolean
}

/** Something of the image that the new one will not have. */
export interface Loss {
  readonly kind: 'audio' | 'data' | 'subchannel' | 'sessions' | 'gaps' | 'text' | 'codes'
  /** A plain sentence. */
  readonly message: string
  /** What nobody misses who only wants the files or the sound: it is said, not asked about. */
  readonly isMinor: boolean
}

export interface ConvertForecast {
  readonly format: string
  /** For people: `ISO image`. */
  readonly title: string
  /** At most so much. */
  readonly sizeBytes: number
  /** Names of the files that will be written. */
  readonly files: readonly string[]
  readonly losses: readonly Loss[]
}

export interface ConvertedFile {
  readonly path: string
  readonly sizeBytes: number
  readonly sha256: string
  /** Of what was read from the old image for it; null for a description. */
  readonly contentSha256: string | null
}

export interface ConvertResult {
  readonly kind: 'convert'
  readonly path: string
  readonly format: string
  readonly title: string
  readonly sizeBytes: number
  /** The file that was named comes last where it describes the others. */
  readonly files: readonly ConvertedFile[]
  readonly losses: readonly Loss[]
  readonly durationMs: number
}

/** A format as it is offered for an image that is open. */
export interface ConvertOffer extends ConvertFormat {
  /** At most so much; 0 where it can't be done. */
  readonly sizeBytes: number
  readonly losses: readonly Loss[]
  /** Why it can't be done; null when it can. */
  readonly problem: ProblemReport | null
}

/** A format by its names. */
export interface ConvertFormat {
  readonly format: string
  readonly title: string
  /** With its dot. */
  readonly extension: string
}
