/** What the shell asks of the process that holds the image being arranged. Plain data. */
import type { Change } from '../../shared/image-model.ts'
import type { CreateOptions, ImageProject, StagingStep } from '../../shared/image-project.ts'
import type { ProblemReport } from '../../shared/problem.ts'
import type { StagedRow, StagedSummary } from '../../shared/staging.ts'
import type { TrustedKey, VerifyDraft } from '../../shared/verify.ts'
import type { BurnableFile } from '../drives/burn/image-check.ts'

/** After every change: what it came to, and the project that leads there again. */
export interface Arranged {
  readonly summary: StagedSummary
  readonly project: ImageProject
}

export interface Restored extends Arranged {
  /** Steps that could not be carried out again: their sources are gone. */
  readonly lost: readonly ProblemReport[]
}

/** Each call with what it is given and what it answers. */
export interface WorkbenchCalls {
  restore: { argument: ImageProject; answer: Restored }
  /** One undo brings back what was arranged before, with its options. */
  open: { argument: ImageProject; answer: Restored }
  /** All steps or none; one undo takes them back together. */
  apply: { argument: readonly StagingStep[]; answer: Arranged }
  undo: { argument: null; answer: Arranged }
  redo: { argument: null; answer: Arranged }
  clear: { argument: null; answer: Arranged }
  /** Carries out all steps anew; those whose sources are gone are left out. */
  rescan: { argument: null; answer: Arranged }
  setOptions: { argument: Partial<CreateOptions>; answer: Arranged }
  summary: { argument: null; answer: StagedSummary }
  rows: { argument: { readonly path: string; readonly offset: number; readonly limit?: number | undefined }; answer: StagedRow[] }
  changes: { argument: { readonly offset: number; readonly limit: number }; answer: Change[] }
  /** What burning must know of a file before anybody is asked whether to. */
  burnCheck: { argument: string; answer: BurnableFile }
  /** What there is to verify an image with, from files that were brought along. */
  draftVerify: { argument: { readonly paths: readonly string[]; readonly keyFolder: string }; answer: VerifyDraft }
  /** Trusts a key that is in one of the files; gives all trusted ones, like the next two. */
  trustKey: {
    argument: { readonly paths: readonly string[]; readonly fingerprint: string; readonly keyFolder: string }
    answer: TrustedKey[]
  }
  trustedKeys: { argument: { readonly keyFolder: string }; answer: TrustedKey[] }
  forgetKey: { argument: { readonly fingerprint: string; readonly keyFolder: string }; answer: TrustedKey[] }
}
export type WorkbenchCall = keyof WorkbenchCalls

export interface ToWorkbench<C extends WorkbenchCall = WorkbenchCall> {
  readonly id: number
  readonly call: C
  readonly argument: WorkbenchCalls[C]['argument']
}

export type FromWorkbench =
  | { readonly type: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly type: 'problem'; readonly id: number; readonly problem: ProblemReport }
  | { readonly type: 'scanning'; readonly items: number; readonly current: string }
