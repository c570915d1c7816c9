/** What the shell asks of the process that looks at one image. Plain data. */
import type {
  BrowsedFolder,
  BrowsedRow,
  BrowsedView,
  BrowsedViewKind,
  EntryDetails,
  EntryName,
  ExpandProgress,
  ImageDescription,
  Listing,
  ListingNews,
  MeasuredContent,
  Preview,
  RowRange,
  SectorContent,
  SectorMap,
  SortOrder,
  TextEncoding,
} from '../../shared/browse.ts'
import type { ConvertOffer } from '../../shared/convert.ts'
import type { DraftForecast, DraftPage, DraftSummary } from '../../shared/edit-draft.ts'
import type { EditMode, EditStep } from '../../shared/image-edit.ts'
import type { Finding } from '../../shared/image-model.ts'
import type { MountProgress } from '../../shared/mounts.ts'
import type { ProblemReport } from '../../shared/problem.ts'
import type { ChosenPaths } from '../image/browse/chosen-paths.ts'
import type { PreparedMount } from '../mounts/prepare-mount.ts'

/** An entry of a tree by its number. */
export interface EntryPlace {
  readonly view: BrowsedViewKind
  readonly entry: number
}

export interface ChosenRows {
  readonly listingId: number
  readonly ranges: readonly RowRange[]
}

/** What to open. */
export interface OpenRequest {
  readonly path: string
  readonly session: number | null
  readonly track: number | null
}

export interface OpenAnswer {
  readonly sizeBytes: number
  readonly container: string | null
  readonly label: string
  readonly views: readonly BrowsedView[]
  readonly session: number | null
  readonly track: number | null
}

/** Each call with what it is given and what it answers. A later call of some kinds stops the one before. */
export interface BrowseCalls {
  open: { argument: OpenRequest; answer: OpenAnswer }
  describe: { argument: null; answer: ImageDescription }
  /** What it can be converted to, and what would be lost. */
  convertOffers: { argument: null; answer: ConvertOffer[] }
  /** Looks through all trees for damage and contradictions; gives all findings, worst first. */
  check: { argument: null; answer: Finding[] }
  /** Answers when all folders of a tree have been read. */
  readAll: { argument: { readonly view: BrowsedViewKind }; answer: null }
  /** Answers soon, with what there is until then; the rest is told. */
  list: { argument: { readonly view: BrowsedViewKind; readonly folder: number; readonly order: SortOrder }; answer: Listing }
  /** The same. Stops the search before. */
  search: { argument: { readonly view: BrowsedViewKind; readonly text: string; readonly order: SortOrder | null }; answer: Listing }
  /** Stops it if it still goes on. */
  forget: { argument: { readonly listingId: number }; answer: null }
  rows: { argument: { readonly listingId: number; readonly range: RowRange }; answer: BrowsedRow[] }
  /** Answers with the rows where the entries of the rows given are then. */
  sort: {
    argument: { readonly listingId: number; readonly order: SortOrder; readonly ranges: readonly RowRange[] }
    answer: { readonly listing: Listing; readonly ranges: RowRange[] }
  }
  rowOf: { argument: { readonly listingId: number; readonly entry: number }; answer: number }
  rowOfTyped: { argument: { readonly listingId: number; readonly text: string; readonly from: number }; answer: number }
  /** What an extraction of the entries in rows is asked for. */
  chosen: { argument: ChosenRows; answer: ChosenPaths }
  /** Takes the entries in rows out into a folder, unless they hold more bytes than that. Gives the host paths of what lies right in it. */
  takeOut: { argument: ChosenRows & { readonly outFolder: string; readonly mostBytes: number }; answer: string[] }
  /** The first so many paths of the entries in rows. */
  paths: { argument: { readonly listingId: number; readonly ranges: readonly RowRange[]; readonly limit: number }; answer: string[] }
  folders: { argument: { readonly view: BrowsedViewKind; readonly folder: number }; answer: BrowsedFolder[] }
  /** The number of what is at a path, and those of the folders above it, the root first; null when there is nothing. */
  find: { argument: { readonly view: BrowsedViewKind; readonly path: string }; answer: number[] | null }
  /** How much the entries in rows hold, at any depth. */
  measure: { argument: ChosenRows; answer: MeasuredContent }
  details: { argument: EntryPlace; answer: EntryDetails }
  names: { argument: EntryPlace; answer: EntryName[] }
  preview: { argument: EntryPlace & { readonly encoding: TextEncoding | null }; answer: Preview }
  bytes: {
    argument: EntryPlace & { readonly offsetBytes: number; readonly lengthBytes: number }
    answer: Uint8Array<ArrayBuffer>
  }
  /** SHA-256 of a file's content in hex. */
  digest: { argument: EntryPlace; answer: string }
  map: { argument: { readonly view: BrowsedViewKind; readonly mostCells: number }; answer: SectorMap }
  /** Begins an edit, or gives the one that was begun. */
  editBegin: { argument: null; answer: DraftSummary }
  /** All steps or none; one undo takes them back together. */
  editApply: { argument: readonly EditStep[]; answer: DraftSummary }
  /** Does without one of the changes, by its place in the summary. */
  editTakeBack: { argument: { readonly index: number }; answer: DraftSummary }
  editUndo: { argument: null; answer: DraftSummary }
  editRedo: { argument: null; answer: DraftSummary }
  /** Forgets what was done. */
  editEnd: { argument: null; answer: null }
  editRows: { argument: { readonly path: string; readonly range: RowRange }; answer: DraftPage }
  editForecast: { argument: { readonly mode: EditMode; readonly label: string | null }; answer: DraftForecast }
  /** For the job that writes the edit. */
  editSteps: { argument: null; answer: readonly EditStep[] }
  contentAt: { argument: { readonly view: BrowsedViewKind; readonly lba: number; readonly sectors: number }; answer: SectorContent }
  /** Gets the image at a path ready to be mounted, instead of opening one. */
  prepareMount: { argument: { readonly path: string }; answer: PreparedMount }
  /** Stops that: it fails as cancelled, and nothing is left of it. */
  stopMount: { argument: null; answer: null }
}
export type BrowseCall = keyof BrowseCalls

export type BrowseNews = Omit<ListingNews, 'imageId'>

export interface ToBrowser<C extends BrowseCall = BrowseCall> {
  readonly id: number
  readonly call: C
  readonly argument: BrowseCalls[C]['argument']
}

export type FromBrowser =
  | { readonly type: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly type: 'problem'; readonly id: number; readonly problem: ProblemReport }
  | { readonly type: 'listing'; readonly news: BrowseNews }
  /** While `open` expands the file. */
  | { readonly type: 'expanding'; readonly progress: ExpandProgress }
  /** While `prepareMount` works. */
  | { readonly type: 'preparing'; readonly progress: MountProgress }
  /** Said now and then while it works: it isn't hanging. */
  | { readonly type: 'alive' }
