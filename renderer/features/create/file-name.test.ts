import { expect, it } from 'vitest'
import { fileNameOf } from './file-name.ts'

it.each([
  ['/usr/lib/ISOLINUX/isolinux.bin', 'isolinux.bin'],
  ['C:\\boot\\etfsboot.com', 'etfsboot.com'],
  ['efi.img', 'efi.img'],
  ['/', '/'],
])('%s is called %s', (path, name) => {
  expect(fileNameOf(path)).toBe(name)
})
