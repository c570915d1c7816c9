/** An image of a disc made by genisoimage, with contents that pack well and badly: what packers are given in tests. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { randomNumbers } from '../../bytes/testing/random.ts'

/** Some 2 MB: noise, text, zeros longer than any block, and a folder. Gives the image's path. */
export function makeDiscImage(folder: string): string {
  const source = join(folder, 'source')
  mkdirSync(join(source, 'folder'), { recursive: true })
  writeFileSync(join(source, 'noise.bin'), noise(400_000))
  writeFileSync(join(source, 'words.txt'), 'to pack or not to pack, that is the question\n'.repeat(8000))
  writeFileSync(join(source, 'zeros.bin'), Buffer.alloc(900_000))
  writeFileSync(join(source, 'folder', 'small.txt'), 'small\n')
  const image = join(folder, 'disc.iso')
  execFileSync('genisoimage', ['-quiet', '-R', '-J', '-V', 'PACKED', '-o', image, source])
  rmSync(source, { recursive: true })
  return image
}

function noise(sizeBytes: number): Buffer {
  const random = randomNumbers(1)
  return Buffer.from(Uint8Array.from({ length: sizeBytes }, () => random(256)))
}
