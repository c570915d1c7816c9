/** A bootable image as distributions make them, put together by GRUB's and xorriso's own tools. */
import { execFileSync } from 'node:child_process'
import { copyFile, mkdir, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { projectRoot } from '../driver/launch.ts'

export const NOTES = 40

/** What the image holds, below `folder`: texts in several encodings, pictures, a program, links, an empty file. */
export async function makeBootTree(folder: string): Promise<void> {
  await mkdir(join(folder, 'docs/letters'), { recursive: true })
  await mkdir(join(folder, 'pictures'))
  await mkdir(join(folder, 'install'))
  for (let note = 1; note <= NOTES; note++) await writeFile(join(folder, `docs/note ${note}.txt`), `This is note ${note}.\n`)
  await writeFile(join(folder, 'docs/letters/Köln.txt'), Buffer.from('Gr\xfc\xdfe aus K\xf6ln\n', 'latin1'))
  await writeFile(join(folder, 'docs/empty.txt'), '')
  await copyFile(join(projectRoot, 'app/icons/256x256.png'), join(folder, 'pictures/disc.png'))
  await writeFile(join(folder, 'pictures/broken.png'), Buffer.from('\x89PNG\r\n\x1a\n not a picture any more', 'latin1'))
  const script = '<svg xmlns="http://www.w3.org/2000/svg"><script>document.title = "ran"</script></svg>'
  await writeFile(join(folder, 'pictures/drawing.svg'), script)
  await writeFile(join(folder, 'install/system.squashfs'), Buffer.alloc(400_000, 'hsqs\x00\x01\x02'))
  await writeFile(join(folder, 'install/setup.exe'), Buffer.from('4d5a90000300000004000000ffff0000', 'hex'))
  await symlink('../docs/note 1.txt', join(folder, 'install/latest'))
}

/** Starts computers with BIOS and UEFI, from a disc and from a stick. */
export function makeBootImage(imagePath: string, tree: string): void {
  execFileSync('grub-mkrescue', ['-o', imagePath, tree, '--', '-volid', 'RESCUE 12', '-joliet', 'on'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
}

/** A tree and its image in a folder of the test's own. */
export async function bootImageIn(dir: string): Promise<{ readonly tree: string; readonly imagePath: string }> {
  const tree = join(dir, 'tree')
  const imagePath = join(dir, 'rescue-12.iso')
  await rm(tree, { recursive: true, force: true })
  await mkdir(tree)
  await makeBootTree(tree)
  makeBootImage(imagePath, tree)
  return { tree, imagePath }
}
