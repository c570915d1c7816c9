import { describe, expect, it } from 'vitest'
import { formatMapfile, parseMapfile } from './mapfile.ts'
import { RescueMap } from './rescue-map.ts'

/** The example of GNU ddrescue's manual, chapter 7. */
const example = `# Mapfile. Created by GNU ddrescue version 1.27
# Command line: ddrescue -d -c18 /dev/fd0 fdimage mapfile
# Start time:   2015-07-21 09:37:44
# Current time: 2015-07-21 09:38:19
# Copying non-tried blocks... Pass 1 (forwards)
# current_pos  current_status  current_pass
0x00120000     ?               1
#      pos        size  status
0x00000000  0x00117000  +
0x00117000  0x00000200  -
0x00117200  0x00001000  /
0x00118200  0x00007E00  *
0x00120000  0x00048000  ?
`

describe('a mapfile', () => {
  it('is read as its manual says', () => {
    const { map, position } = parseMapfile(example)
    expect(position).toEqual({ phase: 'copy', pass: 1, positionBytes: 0x120000 })
    expect(map.sizeBytes).toBe(0x168000)
    expect([...map.blocks()].map(({ status }) => status)).toEqual(['finished', 'bad-sector', 'non-scraped', 'non-trimmed', 'non-tried'])
  })

  it('comes back from what is written', () => {
    const read = parseMapfile(example)
    const again = parseMapfile(formatMapfile(read, 'Isomer', 0, 1000))
    expect(again.position).toEqual(read.position)
    expect([...again.map.blocks()]).toEqual([...read.map.blocks()])
  })

  it('is written in the same form', () => {
    const map = RescueMap.untried(4096)
    map.mark(0, 2048, 'finished')
    const text = formatMapfile({ map, position: { phase: 'scrape', pass: 2, positionBytes: 2048 } }, 'Isomer 1.0', 0, 61_000)
    expect(text.split('\n')).toEqual([
      '# Mapfile. Created by Isomer 1.0',
      '# Start time:   1970-01-01 00:00:00',
      '# Current time: 1970-01-01 00:01:01',
      '# current_pos  current_status  current_pass',
      '0x00000800     /               2',
      '#      pos        size  status',
      '0x00000000  0x00000800  +',
      '0x00000800  0x00000800  ?',
      '',
    ])
  })

  it.each([
    ['decimal and octal numbers, comments behind them', '0 ? 1\n0 2048 + # read\n04000 2048 -\n', 4096],
    ['no pass, as old versions wrote it', '0x0 +\n0 512 +\n', 512],
    ['a map that begins later', '0 ? 1\n1024 1024 +\n', 2048],
  ])('may have %s', (_what, text, sizeBytes) => {
    expect(parseMapfile(text).map.sizeBytes).toBe(sizeBytes)
  })

  it.each([
    ['empty', ''],
    ['only comments', '# Mapfile.\n'],
    ['only a status line', '0 ? 1\n'],
    ['a gap', '0 ? 1\n0 512 +\n1024 512 +\n'],
    ['an overlap', '0 ? 1\n0 1024 +\n512 512 +\n'],
    ['an unknown status', '0 ? 1\n0 512 x\n'],
    ['an unknown phase', '0 x 1\n0 512 +\n'],
    ['a negative number', '0 ? 1\n-512 512 +\n'],
    ['a block of no length', '0 ? 1\n0 0 +\n'],
    ['a block beyond all numbers', '0 ? 1\n0 0xFFFFFFFFFFFFFFFF +\n'],
    ['a word too many', '0 ? 1\n0 512 + +\n'],
    ['pass 0', '0 ? 0\n0 512 +\n'],
    ['another file', 'PK\u0003\u0004'],
  ])('is refused with its line: %s', (_what, text) => {
    expect(() => parseMapfile(text)).toThrow('map file is damaged')
  })
})
