import { describe, expect, it } from 'vitest'
import { isChecksumName, sidecarOf, signedNameOf } from '../../shared/checksum-names.ts'
import { sortNames } from './beside.ts'

describe('names of checksum files', () => {
  it.each([
    'SHA256SUMS',
    'SHA512SUMS',
    'MD5SUMS',
    'sha256sum.txt',
    'sha256sum.txt.asc',
    'b2sums.txt',
    'SHA256',
    'Fedora-Server-40-1.14-x86_64-CHECKSUM',
    'CHECKSUM.SHA256-FreeBSD-14.0-RELEASE-amd64',
    'checksums.txt',
    'image.iso.sha256',
    'image.iso.sha256sum',
    'image.md5',
    'image.iso.md5.txt',
    'files.sfv',
    'Qubes-R4.2.0-x86_64.iso.DIGESTS',
  ])('%s is one', (name) => {
    expect(isChecksumName(name)).toBe(true)
  })

  it.each(['image.iso', 'README', 'SHA256SUMS.gpg', 'SHA256SUMS.sign', 'image.iso.sig', 'digest of the news.txt', 'sha.txt'])(
    '%s is none',
    (name) => {
      expect(isChecksumName(name)).toBe(false)
    },
  )

  it.each([
    ['image.iso.sha256', 'image.iso'],
    ['image.sha512', 'image'],
    ['image.iso.md5sum.txt', 'image.iso'],
    ['Qubes.iso.DIGESTS', 'Qubes.iso'],
    ['SHA256SUMS', null],
  ])('%s is named after %s', (name, image) => {
    expect(sidecarOf(name)).toBe(image)
  })

  it.each([
    ['SHA256SUMS.gpg', 'SHA256SUMS'],
    ['image.iso.asc', 'image.iso'],
    ['SHA256SUMS', null],
    ['.sig', null],
  ])('%s signs %s', (name, signed) => {
    expect(signedNameOf(name)).toBe(signed)
  })
})

describe('what lies beside an image', () => {
  it('is sorted by what it is', () => {
    const names = [
      'debian.iso',
      'debian.iso.sha256',
      'debian.iso.sig',
      'SHA256SUMS',
      'SHA256SUMS.sign',
      'debian-key.asc',
      'other.iso',
      'other.iso.sha256',
      'other.iso.sig',
      'notes.txt',
      'vacation.jpg',
    ]
    expect(sortNames(names, 'debian.iso')).toEqual({
      lists: ['debian.iso.sha256', 'SHA256SUMS'],
      signatures: ['debian.iso.sig', 'SHA256SUMS.sign'],
      keys: ['debian-key.asc'],
    })
  })

  it('is found for a second download, in capitals, and without the extension', () => {
    const names = ['DEBIAN.ISO.SIG', 'debian.sha256', 'debian (1).iso']
    expect(sortNames(names, 'debian (1).iso')).toMatchObject({ lists: ['debian.sha256'], signatures: ['DEBIAN.ISO.SIG'] })
  })

  it('is looked into only so far, what is named after the image first', () => {
    const many = Array.from({ length: 200 }, (_, n) => `checksum-${n}.txt`)
    const { lists } = sortNames([...many, 'debian.iso.sha256'], 'debian.iso')
    expect(lists).toHaveLength(64)
    expect(lists[0]).toBe('debian.iso.sha256')
  })
})
