/**
 * Where makers of well-known images publish their keys. Facts with a source, so that somebody knows where to look and
 * what to compare with: no key is trusted because it stands here.
 */
import type { PublishedKey } from '../../shared/verify.ts'

export interface Maker {
  readonly name: string
  /** What the maker's images are called. */
  readonly images: RegExp
  /** The maker's page on verifying. */
  readonly page: string
  readonly keys: readonly Pick<PublishedKey, 'fingerprint' | 'use' | 'keyAt'>[]
}

const makers: readonly Maker[] = [
  {
    name: 'Debian',
    images: /^debian-/i,
    page: 'https://www.debian.org/CD/verify',
    keys: [
      { fingerprint: 'DF9B9C49EAA9298432589D76DA87E80D6294BE9B', use: 'released images', keyAt: 'https://keyring.debian.org/' },
      { fingerprint: 'F41D30342F3546695F65C66942468F4009EA8AC3', use: 'images of testing', keyAt: 'https://keyring.debian.org/' },
      { fingerprint: '10460DAD76165AD81FBC0CE9988021A964E6EA7D', use: 'older images', keyAt: 'https://keyring.debian.org/' },
    ],
  },
  {
    name: 'Ubuntu',
    images: /^[kxle]?ubuntu(?:-|studio)/i,
    page: 'https://documentation.ubuntu.com/security/software-integrity/image-verification/',
    keys: [
      {
        fingerprint: '843938DF228D22F7B3742BC0D94AA3F0EFE21092',
        use: 'images since 2012',
        keyAt: 'https://archive.ubuntu.com/ubuntu/project/ubuntu-archive-keyring.gpg',
      },
    ],
  },
  {
    name: 'Arch Linux',
    images: /^archlinux-/i,
    page: 'https://archlinux.org/download/',
    keys: [
      {
        fingerprint: '3E80CA1A8B89F69CBA57D98A76A5EF9054449A5C',
        use: 'images made by Pierre Schmitz',
        keyAt: 'https://keys.openpgp.org/',
      },
    ],
  },
  {
    name: 'Linux Mint',
    images: /^(?:linuxmint|lmde)-/i,
    page: 'https://linuxmint-installation-guide.readthedocs.io/en/latest/verify.html',
    keys: [{ fingerprint: '27DEB15644C6B3CF3BD7D291300F846BA25BAE09', use: 'images', keyAt: 'https://keys.openpgp.org/' }],
  },
  {
    name: 'openSUSE',
    images: /^opensuse-/i,
    page: 'https://get.opensuse.org/',
    keys: [
      {
        fingerprint: 'AD485664E901B867051AB15F35A2F86E29B700A4',
        use: 'images since 2022',
        keyAt: 'https://build.opensuse.org/projects/openSUSE:Factory/signing_keys',
      },
    ],
  },
  {
    name: 'Qubes OS',
    images: /^qubes-/i,
    page: 'https://www.qubes-os.org/security/verifying-signatures/',
    keys: [
      {
        fingerprint: '427F11FD0FAA4B080123F01CDDFA1A3E36879494',
        use: 'signing the key of each release',
        keyAt: 'https://keys.qubes-os.org/keys/qubes-master-signing-key.asc',
      },
    ],
  },
  {
    name: 'Tails',
    images: /^tails-/i,
    page: 'https://tails.net/doc/about/openpgp_keys/',
    keys: [{ fingerprint: 'A490D0F4D311A4153E2BB7CADBB802B258ACD84F', use: 'images', keyAt: 'https://tails.net/tails-signing.key' }],
  },
  // A new key for each release, all of them on the page.
  { name: 'Fedora', images: /^fedora-/i, page: 'https://fedoraproject.org/security/', keys: [] },
]

/** Whose image it is by its name; null when it is nobody's that is known here. */
export function makerOfImage(imageName: string): Maker | null {
  return makers.find(({ images }) => images.test(imageName)) ?? null
}

const LEAST_ID_DIGITS = 16

/** The published key of this fingerprint or 16-digit key ID; null when it is none of those known here. */
export function publishedKey(issuer: string): PublishedKey | null {
  if (issuer.length < LEAST_ID_DIGITS) return null
  for (const { name, page, keys } of makers) {
    const key = keys.find(({ fingerprint }) => fingerprint.endsWith(issuer))
    if (key !== undefined) return { maker: name, source: page, ...key }
  }
  return null
}
