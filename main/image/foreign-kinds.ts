/** What a file is that is no image of ISO 9660 or UDF, told from its first and last bytes. */
import type { ByteSource } from '../bytes/byte-source.ts'
import { readUpTo } from '../bytes/byte-source.ts'
import { strideOf } from '../containers/container.ts'
import { rawSectors } from '../containers/raw/recognise-raw.ts'

interface Mark {
  /** Completes "It is …". */
  readonly is: string
  /** From the beginning, or when negative from the end. */
  readonly offsetBytes: number
  readonly bytes: Buffer
  readonly advice: Advice
}

type Advice = keyof typeof advices
const advices = {
  unpack: 'Unpack it, and open the image that is in it.',
  convert: 'Convert it to an .iso file with the program that made it, and open that.',
  none: 'Isomer opens images of CDs, DVDs and Blu-ray discs with ISO 9660 or UDF.',
  download: 'Download the image again: the server sent this instead.',
} as const

const mark = (offsetBytes: number, text: string, is: string, advice: Advice): Mark => ({
  is,
  offsetBytes,
  bytes: Buffer.from(text, 'latin1'),
  advice,
})

const MARKS: readonly Mark[] = [
  mark(0, 'PK\x03\x04', 'a ZIP archive', 'unpack'),
  mark(0, '\x1f\x8b', 'compressed with gzip', 'unpack'),
  mark(0, 'BZh', 'compressed with bzip2', 'unpack'),
  mark(0, '\xfd7zXZ\x00', 'compressed with xz', 'unpack'),
  mark(0, '\x28\xb5\x2f\xfd', 'compressed with Zstandard', 'unpack'),
  mark(0, '7z\xbc\xaf\x27\x1c', 'a 7z archive', 'unpack'),
  mark(0, 'Rar!\x1a\x07', 'a RAR archive', 'unpack'),
  mark(0, 'CISO', 'a compressed image (CSO)', 'convert'),
  mark(0, 'ZISO', 'a compressed image (ZSO)', 'convert'),
  mark(0, 'IsZ!', 'a compressed image (ISZ)', 'convert'),
  mark(0, 'DAA\x00', 'a compressed image (DAA)', 'convert'),
  mark(0, 'MComprHD', 'a compressed image (CHD)', 'convert'),
  mark(0, 'ECM\x00', 'a compressed image (ECM)', 'convert'),
  mark(0, 'MEDIA DESCRIPTOR', 'the description of an image (MDS)', 'convert'),
  mark(0, '[CloneCD]', 'the description of an image (CCD)', 'convert'),
  mark(-12, 'NER5', 'a Nero image (NRG)', 'convert'),
  mark(-8, 'NERO', 'a Nero image (NRG)', 'convert'),
  mark(-512, 'koly', 'a Mac disk image (DMG)', 'convert'),
  mark(0, 'MSWIM\x00\x00\x00', 'a Windows image (WIM)', 'none'),
  mark(0, 'vhdxfile', 'the disk of a virtual machine (VHDX)', 'none'),
  mark(-512, 'conectix', 'the disk of a virtual machine (VHD)', 'none'),
  mark(0, 'KDMV', 'the disk of a virtual machine (VMDK)', 'none'),
  mark(0, 'QFI\xfb', 'the disk of a virtual machine (QCOW2)', 'none'),
  mark(0, 'hsqs', 'a SquashFS file system', 'none'),
  mark(3, 'NTFS    ', 'an NTFS file system', 'none'),
  mark(3, 'EXFAT   ', 'an exFAT file system', 'none'),
  mark(54, 'FAT1', 'a FAT file system', 'none'),
  mark(82, 'FAT32', 'a FAT file system', 'none'),
  mark(1080, '\x53\xef', 'an ext file system', 'none'),
  mark(32, 'NXSB', 'an APFS file system', 'none'),
  mark(1024, 'H+', 'a Mac file system (HFS+)', 'none'),
  mark(1024, 'HX', 'a Mac file system (HFS+)', 'none'),
  mark(1024, 'BD', 'a Mac file system (HFS)', 'none'),
  mark(512, 'EFI PART', 'a disk with partitions, none of which Isomer reads', 'none'),
  mark(512, 'PM\0\0', 'the disk of a Mac, with partitions that Isomer does not read', 'none'),
  mark(32_777, 'CDROM', 'an image in the High Sierra format, which came before ISO 9660', 'none'),
  mark(0, '%PDF-', 'a PDF document', 'none'),
  mark(0, '\x7fELF', 'a program', 'none'),
  mark(0, 'MZ', 'a program', 'none'),
]
const WEB_PAGE = /^\s*<(?:!doctype html|html|\?xml)/i
const CUE_SHEET = /^\s*(?:REM |CATALOG |CDTEXTFILE |TITLE |PERFORMER |FILE )[^\0]*\bTRACK /s
const TEXT_BYTES = 4096

export interface ForeignKind {
  /** Completes "It is …". */
  readonly is: string
  readonly advice: string
}

/** Null when nothing tells. */
export function foreignKind(source: ByteSource): ForeignKind | null {
  const text = readUpTo(source, 0, TEXT_BYTES).toString('latin1')
  if (WEB_PAGE.test(text)) return { is: 'a web page', advice: advices.download }
  if (CUE_SHEET.test(text)) return { is: 'a CUE sheet, which describes an image', advice: advices.none }
  const found = MARKS.find(({ offsetBytes, bytes }) => {
    const at = offsetBytes < 0 ? source.sizeBytes + offsetBytes : offsetBytes
    return at >= 0 && readUpTo(source, at, bytes.length).equals(bytes)
  })
  if (found !== undefined) return { is: found.is, advice: advices[found.advice] }
  const raw = rawSectors(source)
  if (raw !== null) {
    const is = `an image of whole CD sectors (${strideOf(raw.layout)} bytes each), as .bin files of CUE sheets are`
    return { is, advice: 'Convert it to an .iso file, with bchunk say, and open that.' }
  }
  return null
}
