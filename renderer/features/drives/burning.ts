/** Ways to the page that burns. */
import type { AdmittedSource } from '../../../shared/ipc.ts'
import { showDrivesPage } from '../../stores/drives.ts'

/** An image file, dropped or opened. */
export function burnImage({ token, name, displayPath }: Pick<AdmittedSource, 'token' | 'name' | 'displayPath'>): void {
  showDrivesPage({ is: 'burn', driveId: null, source: { is: 'image', token, name, displayPath } })
}

/** What is put together in the window. */
export function burnStaged(): void {
  showDrivesPage({ is: 'burn', driveId: null, source: { is: 'staged' } })
}

/** An image file that is to be written over a stick or card. */
export function flashImage({ token, name, displayPath }: Pick<AdmittedSource, 'token' | 'name' | 'displayPath'>): void {
  showDrivesPage({ is: 'flash', stickId: null, source: { is: 'image', token, name, displayPath } })
}
