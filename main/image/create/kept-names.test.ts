import { expect, it } from 'vitest'
import type { FileSystemKind } from '../../../shared/image-project.ts'
import { keptName } from './kept-names.ts'
import { SourceNode } from './source-tree.ts'

function keeps(kind: FileSystemKind, name: string, hasRockRidge = false): boolean {
  const node = new SourceNode('short', 'file')
  node.extra = { keptNames: { [kind]: name } }
  return keptName(kind, hasRockRidge)(node) === name
}

// A record has at most 254 bytes (ECMA-119 9.1.1, 9.1.12), 33 of them before the name, and one of Rock Ridge leads on with 28.
it.each<[FileSystemKind, boolean, number]>([
  ['joliet', false, 110],
  ['iso9660', false, 221],
  ['iso9660', true, 193],
  ['udf', false, 254],
])('of %s (with Rock Ridge: %s) names of up to %i characters are kept', (kind, hasRockRidge, most) => {
  expect(keeps(kind, 'x'.repeat(most), hasRockRidge)).toBe(true)
  expect(keeps(kind, 'x'.repeat(most + 1), hasRockRidge)).toBe(false)
})

it('names of the other trees are no names of this one', () => {
  const node = new SourceNode('short', 'file')
  node.extra = { keptNames: { udf: 'other' } }
  expect(keptName('joliet', false)(node)).toBe(undefined)
})
