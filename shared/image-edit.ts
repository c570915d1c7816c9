/** What is to be changed in an image: plain data that replays and crosses process borders. */

/**
 * One change. Paths are paths in the image: `/` is the root, parts are joined by `/`. Steps are carried out in order, each
 * on what those before it left.
 */
export type EditStep =
  /**
   * Puts a host file or folder at `path`. A file takes the place of one that is there, or goes into a folder that is
   * there; a folder is merged with one that is there. Folders that lead to `path` are made.
   */
  | { readonly step: 'add'; readonly hostPath: string; readonly path: string }
  | { readonly step: 'remove'; readonly path: string }
  /** Makes an empty folder, and those that lead to it, where nothing is. */
  | { readonly step: 'new-folder'; readonly path: string }
  /** Gives an entry another path; into a folder that is there it goes under its name. */
  | { readonly step: 'rename'; readonly path: string; readonly to: string }

/** What becomes of the old image's bytes. */
export type EditMode =
  /** A new image with what is left; what was removed is gone. */
  | 'rewrite'
  /** All old bytes, and behind them a session with the new tree and what is new. */
  | 'append-session'

export interface EditOptions {
  readonly steps: readonly EditStep[]
  /** Null keeps the label. */
  readonly label: string | null
  readonly mode: EditMode
  /** Globs of what is left out of added folders. */
  readonly exclude: readonly string[]
}
