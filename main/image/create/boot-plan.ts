/** What an image needs so that computers start from it, from the boot files that were found. No I/O. */
import type { CreateOptions } from '../../../shared/image-project.ts'
import { MAX_BOOT_CHECKSUM_BYTES } from '../../../shared/limits.ts'
import { Problem } from '../../../shared/problem.ts'
import type { BootMedia } from '../../boot/boot-catalog-entries.ts'
import { bootEntryFor, floppyOfSize } from '../../boot/boot-entry.ts'
import { bootMediaOf } from '../../boot/boot-file-medium.ts'
import { bootFileNeeds, requireStartable } from '../../boot/boot-file-needs.ts'
import { efiProgramBytes } from '../../boot/efi-program.ts'
import { fatGeometry } from '../../boot/fat-boot-sector.ts'
import { composeHybrid, GPT_COPY_BLOCKS, HYBRID_UNIT_BLOCKS } from '../../boot/hybrid-composer.ts'
import type { FoundBoot, FoundBootFile } from './boot-files.ts'
import type { BootPlan, FileContent, PlannedBootEntry, SystemAreaPlan } from './planned-tree.ts'

const CATALOG_ID = 'ISOMER'
/** The usual floppy disk, for the message when a file has the size of none. */
const USUAL_FLOPPY = 'floppy-1.44M'

/** The boot catalog; null when nothing was chosen. Marks the contents that loaders want something written into. */
export function planBoot(found: FoundBoot, contentOf: (file: FoundBootFile) => FileContent): BootPlan | null {
  // A BIOS looks at the first entry only, UEFI at all.
  const files = [...found.files].sort((a, b) => rank(a) - rank(b))
  if (files.length === 0) return null
  return { id: CATALOG_ID, entries: files.map((file) => planEntry(file, contentOf(file))) }
}

const rank = ({ choice }: FoundBootFile): number => (choice.platform === 'bios' ? 0 : 1)

function planEntry(file: FoundBootFile, content: FileContent): PlannedBootEntry {
  const { choice, head } = file
  const { sizeBytes } = content.source
  const name = nameOf(file)
  if (choice.platform === 'uefi') requireFat(head, name)
  const media = choice.platform === 'uefi' ? 'none' : mediaOf(file, sizeBytes)
  const sectorCount = media === 'none' && choice.platform === 'bios' ? choice.loadSectors : null
  const fields = bootEntryFor({ platform: choice.platform, media, name, sizeBytes, head, ...(sectorCount !== null && { sectorCount }) })
  const needs = bootFileNeeds(head)
  if (choice.platform === 'bios' && media === 'none' && (needs.bootInfoTable || needs.grub2BootInfo)) {
    if (sizeBytes > MAX_BOOT_CHECKSUM_BYTES) throw tooLarge(name)
    content.rareFacts.bootNeeds = needs
  }
  return { fields, content }
}

function mediaOf({ choice, head }: FoundBootFile, sizeBytes: number): BootMedia {
  switch (choice.emulation) {
    case 'auto':
      return bootMediaOf(sizeBytes, head)
    case 'floppy':
      return floppyOfSize(sizeBytes) ?? USUAL_FLOPPY
    default:
      return choice.emulation
  }
}

/** MBR and GUID partition table, so that a stick starts too. Throws a usage Problem when nothing could start it. */
export function planHybrid(found: FoundBoot, boot: BootPlan | null, { hybrid }: Pick<CreateOptions, 'hybrid'>): SystemAreaPlan | null {
  if (!hybrid) return null
  const contentFor = (file: FoundBootFile | undefined) =>
    boot?.entries.find(({ content }) => content.source === file?.node)?.content ?? null
  const uefi = contentFor(found.files.find(({ choice }) => choice.platform === 'uefi'))
  const biosFile = found.files.find(({ choice }) => choice.platform === 'bios')
  const bios = contentFor(biosFile)
  const { mbrCode } = found
  if (mbrCode !== null) {
    if (biosFile === undefined) throw bootProblem('mbr-code-alone', 'MBR code starts a BIOS boot file, and none was given.', BIOS_ADVICE)
    requireStartable(mbrCode.kind, biosFile.head, nameOf(biosFile))
  }
  if (boot === null) throw bootProblem('nothing-to-start', 'Nothing was given that a computer could start from.', BIOS_ADVICE)
  if (mbrCode === null && uefi === null)
    throw bootProblem('mbr-code-missing', 'A BIOS can’t start a USB stick without MBR code.', MBR_ADVICE)
  return {
    unitBlocks: HYBRID_UNIT_BLOCKS,
    tailBlocks: uefi === null ? 0 : GPT_COPY_BLOCKS,
    compose: (sizeBlocks, seed) =>
      composeHybrid({
        sizeBlocks,
        bios: mbrCode === null || bios === null ? null : { template: mbrCode, bootImageLba: bios.extentLba },
        uefi: uefi === null ? null : { extentLba: uefi.extentLba, sizeBytes: uefi.source.sizeBytes },
        seed,
      }),
  }
}

const BIOS_ADVICE = 'Give the boot loader’s file for a BIOS, or a FAT image with EFI/BOOT in it for UEFI.'
const MBR_ADVICE = 'Give the loader’s MBR code (isolinux: isohdpfx.bin, GRUB: boot_hybrid.img), or a boot file for UEFI.'

const nameOf = ({ choice }: FoundBootFile): string => `‘${choice.hostPath}’`

/** Firmware mounts the file as a disk (UEFI 2.10, 13.3.2.1); the program alone is a common mistake. */
function requireFat(head: Uint8Array, name: string): void {
  if (fatGeometry(head) !== null) return
  const what =
    efiProgramBytes(head) === null
      ? 'is no FAT file system, which UEFI starts from'
      : 'is an EFI program; UEFI starts from a FAT image that holds it'
  throw bootProblem('boot-uefi-not-fat', `${name} ${what}.`, 'Give a FAT image that has the program as EFI/BOOT/BOOTX64.EFI.')
}

function tooLarge(name: string): Problem {
  return bootProblem(
    'boot-file-too-large',
    `${name} has room for a boot information table, but is too large for any loader that reads one.`,
    'Give the boot loader’s own file, not a whole image.',
  )
}

function bootProblem(code: string, message: string, advice: string): Problem {
  return new Problem({ kind: 'usage', code, message, kept: 'Nothing was written.', advice })
}
