/** Nobody has a name that ends so (RFC 2606): it stands where there is no real one yet. */
const PLACEHOLDER = /(?:^|\.)invalid\.?$/

/** The address, fit to be asked; null when it is none, a placeholder, or not encrypted. */
export function usableAddress(address: string, { mayBeThisMachine = false } = {}): string | null {
  if (!URL.canParse(address)) return null
  const { protocol, hostname, username, password, hash, href } = new URL(address)
  if (username !== '' || password !== '' || hash !== '') return null
  const isThisMachine = protocol === 'http:' && hostname === '127.0.0.1'
  if (isThisMachine) return mayBeThisMachine ? href : null
  return protocol === 'https:' && !PLACEHOLDER.test(hostname) ? href : null
}

/** `isomer.example`, as people name a place. */
export const hostOf = (url: string): string => new URL(url).host
