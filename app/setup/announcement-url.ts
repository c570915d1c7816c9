/** Where new versions are announced. */
import { app } from 'electron'
import { usableAddress } from '../state/announcement-address.ts'

/** As package.json says; tests of the unpackaged app name a place of their own. Null when nobody is to be asked. */
export function announcementUrl(): string | null {
  const named = app.isPackaged ? undefined : process.env['ISOMER_RELEASES']
  return named ? usableAddress(named, { mayBeThisMachine: true }) : usableAddress(ISOMER_RELEASES)
}
