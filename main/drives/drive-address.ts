/** How a drive is named: a device's path, or `stdio:FILE` for a virtual disc, as libburn's tools call it. */
const VIRTUAL_PREFIX = 'stdio:'

export type DriveAddress = { readonly kind: 'device'; readonly path: string } | { readonly kind: 'virtual'; readonly path: string }

export function parseDriveAddress(text: string): DriveAddress {
  return text.startsWith(VIRTUAL_PREFIX) ? { kind: 'virtual', path: text.slice(VIRTUAL_PREFIX.length) } : { kind: 'device', path: text }
}

/** As libburn's programs, growisofs and people call it. */
export const addressText = ({ kind, path }: DriveAddress): string => (kind === 'virtual' ? `${VIRTUAL_PREFIX}${path}` : path)
