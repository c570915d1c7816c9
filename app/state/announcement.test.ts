import { describe, expect, it } from 'vitest'
import { announcementIn } from './announcement.ts'
import { usableAddress } from './announcement-address.ts'

const url = 'https://isomer.example/newest.json'
const page = 'https://isomer.example/0.2.0.html'
const announced = (value: unknown) => () => announcementIn(typeof value === 'string' ? value : JSON.stringify(value), url)

describe('an announcement', () => {
  it('gives the version and its page', () => {
    expect(announced({ version: '0.2.0', page })()).toEqual({ version: '0.2.0', page })
  })

  it('gives the page as it will be opened', () => {
    expect(announced({ version: '0.2.0', page: ' HTTPS://isomer.example:443/a b\n' })().page).toBe('https://isomer.example/a%20b')
  })

  it('may have more beside it, which is left unread', () => {
    expect(announced({ version: '0.2.0', page, later: 'rm -rf /' })()).toEqual({ version: '0.2.0', page })
  })

  it.each<[string, unknown]>([
    ['nothing', ''],
    ['no JSON', '<!doctype html><title>Welcome to this café’s network</title>'],
    ['half of it', '{"version":"0.2.0",'],
    ['another kind of value', [{ version: '0.2.0', page }]],
    ['null', 'null'],
    ['no page', { version: '0.2.0' }],
    ['no version', { page }],
    ['a version that is none', { version: 'latest', page }],
    ['a version that is a number', { version: 2, page }],
    ['an endless version', { version: `0.2.${'0'.repeat(10_000)}`, page }],
    ['a page that is no address', { version: '0.2.0', page: '/download' }],
    ['a page that is not encrypted', { version: '0.2.0', page: 'http://isomer.example/0.2.0.html' }],
    ['a page of another host', { version: '0.2.0', page: 'https://isomer.example.org/' }],
    ['a page of another port', { version: '0.2.0', page: 'https://isomer.example:8443/' }],
    ['a page that only looks like it', { version: '0.2.0', page: 'https://isomer.example@elsewhere.example/' }],
    ['a page with a name to log in by', { version: '0.2.0', page: 'https://me:secret@isomer.example/' }],
    ['a page that is a program', { version: '0.2.0', page: 'file:///bin/sh' }],
    ['a page that is a script', { version: '0.2.0', page: 'javascript:alert(1)' }],
    ['an endless page', { version: '0.2.0', page: `https://isomer.example/${'a'.repeat(2000)}` }],
  ])('is not in %s', (_name, value) => {
    expect(announced(value)).toThrow(expect.objectContaining({ report: expect.objectContaining({ code: 'updates-not-understood' }) }))
  })
})

describe('the address where versions are announced', () => {
  it.each(['https://isomer.example/newest.json', 'https://isomer.example:8443/newest.json?channel=stable'])('may be %s', (address) =>
    expect(usableAddress(address)).toBe(address),
  )

  it.each([
    '',
    'newest.json',
    'https://example.invalid/newest.json',
    'https://invalid/',
    'https://EXAMPLE.INVALID./',
    'http://isomer.example/newest.json',
    'http://127.0.0.1:8080/newest.json',
    'https://me:secret@isomer.example/',
    'https://isomer.example/#newest',
    'file:///newest.json',
  ])('may not be “%s”', (address) => expect(usableAddress(address)).toBeNull())

  it('may be on this machine, unencrypted, for tests alone', () => {
    expect(usableAddress('http://127.0.0.1:8080/a', { mayBeThisMachine: true })).toBe('http://127.0.0.1:8080/a')
    expect(usableAddress('http://localhost:8080/a', { mayBeThisMachine: true })).toBeNull()
    expect(usableAddress('http://127.0.0.1.example/a', { mayBeThisMachine: true })).toBeNull()
  })
})
