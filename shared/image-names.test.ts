import { expect, it } from 'vitest'
import { isImageName } from './image-names.ts'

it.each(['a.iso', 'A.ISO', 'a.iso.gz', 'disc.img.zst', 'a.chd', 'a.cso', 'a.zso', 'a.dmg', 'a.iso.zip'])(
  '%s is meant as an image',
  (name) => {
    expect(isImageName(name)).toBe(true)
  },
)

it.each(['a.gz', 'a.zip', 'a.tar.xz', 'iso', 'a.iso.txt', 'firmware.bin', 'book.toc', 'a.isogz'])('%s is not, by its name', (name) => {
  expect(isImageName(name)).toBe(false)
})
