/** The forms that values take in UDF: text, times, tags, modes, link targets. */
import { describe, expect, it } from 'vitest'
import { extentLengthBytes, extentType, extentTypes, maxExtentBytes, withType } from './allocation-descriptors.ts'
import { compressedBytes, cutToCompressed, decodeCompressed, dstring, encodeCompressed } from './compressed-unicode.ts'
import { crcCcitt } from './crc-ccitt.ts'
import { judgeTag, sealTag, tagIds } from './descriptor-tag.ts'
import { decodeLinkTarget, encodeLinkTarget } from './path-component.ts'
import { icbFlagsOf, modeBitsOf, permissionsOf } from './permissions.ts'
import { revisionText } from './revision.ts'
import { timestamp } from './timestamp.ts'
import { u64le, upTo } from './uint64.ts'

describe('compressed Unicode', () => {
  it('takes one byte a character as long as all fit, else two', () => {
    expect([...encodeCompressed('Aé')]).toEqual([8, 0x41, 0xe9])
    expect([...encodeCompressed('Aж')]).toEqual([16, 0, 0x41, 0x04, 0x36])
    expect([...encodeCompressed('😀')]).toEqual([16, 0xd8, 0x3d, 0xde, 0x00])
    expect(encodeCompressed('')).toHaveLength(0)
  })

  it.each(['', 'plain', 'Ünïcödé', '日本語', '😀 emoji'])('reads back %s', (text) => {
    const bytes = encodeCompressed(text)
    expect(decodeCompressed(bytes, 0, bytes.length)).toBe(text)
    expect(compressedBytes(text)).toBe(bytes.length)
  })

  it('gives null for an unknown compression id', () => {
    expect(decodeCompressed(Buffer.of(7, 65), 0, 2)).toBeNull()
  })

  it('cuts between characters', () => {
    expect(cutToCompressed('abcdef', 4)).toBe('abc')
    expect(cutToCompressed('日本語', 5)).toBe('日本')
    expect(cutToCompressed('a😀b', 5)).toBe('a')
  })

  it('keeps the length of a dstring in its last byte', () => {
    const bytes = new Uint8Array(8)
    dstring(8).set(bytes, 0, 'disc')
    expect([...bytes]).toEqual([8, 0x64, 0x69, 0x73, 0x63, 0, 0, 5])
    expect(dstring(8).get(bytes, 0)).toBe('disc')
    bytes[7] = 255
    expect(dstring(8).get(bytes, 0)).toBe('disc')
  })
})

describe('descriptor tag', () => {
  it('has the CRC that UDF gives as an example', () => {
    // UDF 6.5: the CRC of 0x70 0x6A 0x77 is 0x3299.
    expect(crcCcitt(Buffer.of(0x70, 0x6a, 0x77), 0, 3)).toBe(0x3299)
  })

  it('is told apart when sound, misplaced, altered or not there', () => {
    const bytes = Buffer.alloc(512, 7)
    sealTag(bytes, 0, 512, { identifier: tagIds.fileSet, version: 2, locationBlock: 5 })
    expect(judgeTag(bytes, 0, 5)).toBe('sound')
    expect(judgeTag(bytes, 0, null)).toBe('sound')
    expect(judgeTag(bytes, 0, 6)).toBe('misplaced')
    bytes[100] = 8
    expect(judgeTag(bytes, 0, 5)).toBe('altered')
    bytes[12] = 9
    expect(judgeTag(bytes, 0, 5)).toBe('none')
    expect(judgeTag(Buffer.alloc(512), 0, 0)).toBe('none')
    expect(judgeTag(bytes, 500, null)).toBe('none')
  })
})

describe('timestamps', () => {
  const bytes = new Uint8Array(12)
  it.each([0, Date.UTC(2024, 1, 29, 12, 34, 56, 789), Date.UTC(1955, 5, 5), new Date(0).setUTCFullYear(33, 3, 3)])('%i ms', (ms) => {
    timestamp.set(bytes, 0, ms)
    expect(timestamp.get(bytes, 0)).toBe(ms)
  })

  it('takes the zone off', () => {
    timestamp.set(bytes, 0, Date.UTC(2024, 0, 1, 10))
    bytes[0] = 0x88 // -120 minutes of 12 bits: 0xF88
    bytes[1] = 0x1f
    expect(timestamp.get(bytes, 0)).toBe(Date.UTC(2024, 0, 1, 12))
    bytes[0] = 0x01 // no zone given
    bytes[1] = 0x18
    expect(timestamp.get(bytes, 0)).toBe(Date.UTC(2024, 0, 1, 10))
  })

  it('is null when not set or no date', () => {
    timestamp.set(bytes, 0, null)
    expect(timestamp.get(bytes, 0)).toBeNull()
    timestamp.set(bytes, 0, 0)
    bytes[4] = 2
    bytes[5] = 31
    expect(timestamp.get(bytes, 0)).toBeNull()
  })
})

describe('numbers', () => {
  it('holds 64 bits and checks before narrowing', () => {
    const bytes = new Uint8Array(8)
    u64le.set(bytes, 0, 0xffff_ffff_ffff_fffen)
    expect(u64le.get(bytes, 0)).toBe(0xffff_ffff_ffff_fffen)
    expect(upTo(u64le.get(bytes, 0), 2 ** 42)).toBeNull()
    expect(upTo(2n ** 42n, 2 ** 42)).toBe(2 ** 42)
  })

  it('keeps type and length of an extent apart', () => {
    const long = withType(maxExtentBytes(2048), extentTypes.continuation)
    expect(long).toBe(0xfffff800)
    expect(extentType(long)).toBe(3)
    expect(extentLengthBytes(long)).toBe(0x3ffff800)
  })

  it('writes revisions as people do', () => {
    expect([0x0102, 0x0260].map(revisionText)).toEqual(['1.02', '2.60'])
  })
})

describe('modes', () => {
  it.each([0o755, 0o644, 0o7777, 0o000, 0o4711])('%o survives', (mode) => {
    expect(modeBitsOf(permissionsOf(mode), icbFlagsOf(mode))).toBe(mode)
  })
})

describe('link targets', () => {
  it.each(['a/b', '../x', '/etc/passwd', '/', './日本/😀', '..'])('%s survives', (target) => {
    expect(decodeLinkTarget(encodeLinkTarget(target) as Uint8Array)).toBe(target)
  })

  it('refuses what cannot be recorded or read', () => {
    expect(encodeLinkTarget(`a/${'b'.repeat(255)}`)).toBeNull()
    expect(decodeLinkTarget(new Uint8Array(0))).toBeNull()
    expect(decodeLinkTarget(Buffer.of(5, 9, 0, 0, 8, 65))).toBeNull()
    expect(decodeLinkTarget(Buffer.of(5, 2, 0, 0, 8, 0x2f))).toBeNull()
  })
})
