/** INQUIRY: who the drive is (SPC-4, 6.4). */
import { ascii, be16, zeros } from './bytes.ts'
import { invalidField } from './sense.ts'

export interface DriveIdentity {
  readonly vendor: string
  readonly product: string
  readonly revision: string
  readonly serial: string
}

const CD_DVD_DEVICE = 5
const REMOVABLE = 0x80

export function inquiry({ vendor, product, revision, serial }: DriveIdentity, vitalPage: number | null): Buffer {
  if (vitalPage === null) {
    const names = [...ascii(vendor, 8), ...ascii(product, 16), ...ascii(revision, 4)]
    return Buffer.from([CD_DVD_DEVICE, REMOVABLE, 5, 0x32, 91, 0, 0, 0, ...names, ...zeros(60)])
  }
  const pages = new Map<number, readonly number[]>([
    [0x00, [0x00, 0x80, 0x83]],
    [0x80, ascii(serial, 16)],
    [0x83, [2, 1, 0, 32, ...ascii(vendor, 8), ...ascii(serial, 24)]],
  ])
  const page = pages.get(vitalPage)
  if (page === undefined) throw invalidField()
  return Buffer.from([CD_DVD_DEVICE, vitalPage, ...be16(page.length), ...page])
}
