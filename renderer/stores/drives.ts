/** The drives as main tells them, and what is being done in their place of the window. */
import { create } from 'zustand'
import type { DriveRow, DrivesSeen } from '../../shared/drive-rows.ts'
import { answerOf } from './notices.ts'
import { usePlaces } from './places.ts'

export interface ImageChoice {
  readonly is: 'image'
  readonly token: string
  readonly name: string
  readonly displayPath: string
}

/** What is to be burned. */
export type BurnChoice =
  | ImageChoice
  /** What is put together in the window. */
  | { readonly is: 'staged' }

/** What the place shows. */
export type DrivesPage =
  | { readonly is: 'all' }
  | { readonly is: 'rip'; readonly driveId: string }
  | { readonly is: 'burn'; readonly driveId: string | null; readonly source: BurnChoice | null }
  | { readonly is: 'flash'; readonly stickId: string | null; readonly source: ImageChoice | null }
  | { readonly is: 'job'; readonly jobId: string }

interface DrivesState {
  /** Null until main has said. */
  readonly seen: DrivesSeen | null
  readonly page: DrivesPage
  /** Handles of drives that are being opened. */
  readonly opening: ReadonlySet<string>
  readonly apply: (seen: DrivesSeen) => void
}

export const useDrives = create<DrivesState>()((set) => ({
  seen: null,
  page: { is: 'all' },
  opening: new Set(),
  apply: (seen) => set({ seen }),
}))

export async function loadDrives(): Promise<void> {
  const seen = await answerOf(window.isomer.drives.list())
  if (seen) useDrives.setState({ seen })
}

/** Shows something in the place of drives. */
export function showDrivesPage(page: DrivesPage): void {
  useDrives.setState({ page })
  usePlaces.getState().go('drives')
}

export const driveOf = ({ seen }: DrivesState, driveId: string | null): DriveRow | null =>
  seen?.drives.find((drive) => drive.driveId === driveId) ?? null

export async function addVirtualDisc(how: 'create' | 'choose'): Promise<void> {
  await answerOf(window.isomer.drives.addVirtual({ how }))
}

export async function ejectDrive(driveId: string): Promise<void> {
  const mark = (isOpening: boolean) =>
    useDrives.setState(({ opening }) => {
      const rest = new Set([...opening].filter((other) => other !== driveId))
      return { opening: isOpening ? rest.add(driveId) : rest }
    })
  mark(true)
  await answerOf(window.isomer.drives.eject({ driveId }))
  mark(false)
}

/** Asks in a dialog of the system, and shows the job if there is one. */
export async function eraseDisc(driveId: string, full: boolean): Promise<void> {
  const started = await answerOf(window.isomer.drives.erase({ driveId, full }))
  if (started) showDrivesPage({ is: 'job', jobId: started.jobId })
}
