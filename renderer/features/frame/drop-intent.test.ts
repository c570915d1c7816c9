import { expect, test } from 'vitest'
import type { AdmittedSource, SourceKind } from '../../../shared/ipc.ts'
import { decideDrop, hoverSentence } from './drop-intent.ts'

const source = (name: string, kind: SourceKind): AdmittedSource => ({
  token: name,
  name,
  kind,
  displayPath: `/home/${name}`,
  sizeBytes: null,
})
const home = { place: 'home', folder: null, isStaged: false } as const

test('a folder on Home becomes a new image', () => {
  expect(decideDrop([source('Photos', 'folder')], home)).toEqual({ do: 'stage', tokens: ['Photos'], into: '/', startsOver: true })
})

test('one image on Home is opened, an image among others is a file like them', () => {
  expect(decideDrop([source('a.iso', 'image')], home)).toMatchObject({ do: 'open-image' })
  expect(decideDrop([source('a.iso', 'image'), source('b', 'folder')], home)).toMatchObject({ do: 'stage', tokens: ['a.iso', 'b'] })
})

test('checksum files and signatures are verified, with the image they come with or alone', () => {
  const [image, sums, signature, notes] = [
    source('a.iso', 'image'),
    source('SHA256SUMS', 'file'),
    source('a.iso.sig', 'file'),
    source('notes', 'file'),
  ]
  expect(decideDrop([sums, image], home)).toEqual({ do: 'verify', tokens: ['SHA256SUMS', 'a.iso'] })
  expect(decideDrop([signature], home)).toMatchObject({ do: 'verify' })
  expect(decideDrop([sums, notes], home)).toMatchObject({ do: 'stage' })
  expect(decideDrop([sums], { ...home, place: 'create' })).toMatchObject({ do: 'stage' })
  expect(decideDrop([image], { ...home, place: 'verify' })).toMatchObject({ do: 'verify' })
  expect(hoverSentence({ ...home, place: 'verify', itemTypes: [''] })).toBe('Drop to verify this')
})

test('an image that is dropped on Drives is to be burned', () => {
  const drives = { ...home, place: 'drives' } as const
  expect(decideDrop([source('a.iso', 'image')], drives)).toMatchObject({ do: 'burn', source: { name: 'a.iso' } })
  expect(decideDrop([source('Photos', 'folder')], drives)).toMatchObject({ do: 'stage' })
  expect(hoverSentence({ ...drives, itemTypes: ['application/x-cd-image'] })).toBe('Drop an image to burn it to a disc')
})

test('what is dropped elsewhere joins what is staged already', () => {
  expect(decideDrop([source('b.txt', 'file')], { ...home, place: 'jobs', isStaged: true })).toMatchObject({ startsOver: false })
})

test('on Create everything goes into the folder under the pointer, images too', () => {
  const create = { place: 'create', folder: '/Music', isStaged: true } as const
  expect(decideDrop([source('a.iso', 'image')], create)).toEqual({ do: 'stage', tokens: ['a.iso'], into: '/Music', startsOver: false })
  expect(decideDrop([source('x', 'file')], { ...create, folder: null })).toMatchObject({ into: '/' })
})

test('an image that is edited takes everything into the folder that is shown or under the pointer', () => {
  const edited = { place: 'images', folder: null, isStaged: false, editedFolder: '/docs' } as const
  expect(decideDrop([source('a.iso', 'image')], edited)).toEqual({ do: 'edit', tokens: ['a.iso'], into: '/docs' })
  expect(decideDrop([source('SHA256SUMS', 'file')], { ...edited, folder: '/docs/old' })).toMatchObject({ do: 'edit', into: '/docs/old' })
  expect(hoverSentence({ ...edited, itemTypes: ['', ''] })).toBe('Drop to add these 2 items to “docs”')
  expect(decideDrop([source('a.iso', 'image')], { ...edited, editedFolder: null })).toMatchObject({ do: 'open-image' })
})

test('nothing usable is nothing', () => {
  expect(decideDrop([], home)).toEqual({ do: 'nothing' })
})

test('says beforehand what will happen', () => {
  expect(hoverSentence({ ...home, itemTypes: ['application/x-cd-image'] })).toBe('Drop to open this image')
  expect(hoverSentence({ ...home, itemTypes: ['', ''] })).toBe('Drop to make an image of these 2 items')
  expect(hoverSentence({ place: 'create', folder: '/A/Music', isStaged: true, itemTypes: [''] })).toBe('Drop to add this to “Music”')
  expect(hoverSentence({ place: 'create', folder: '/', isStaged: true, itemTypes: ['', '', ''] })).toBe(
    'Drop to add these 3 items to the image',
  )
})
