/**
 * Boot code that needs no boot loader: it writes to the serial port what it was given to say, and the number of the drive
 * that the firmware says it comes from. Where it finds a boot-info table, it reads on from the block behind its own first
 * and says what is there: so a wrong table shows.
 */
import { MBR_CODE_BYTES, MBR_SIGNATURE } from '../master-boot-record.ts'

const MESSAGE_OFFSET = 0x100
const PACKET_OFFSET = 0x1a0
const SIGNATURE_OFFSET = 510
const BLOCK_BYTES = 2048

/** Jumps over the room for a boot-info table; the code itself begins at 0x40 and runs wherever it is loaded. */
const jump = 'eb3e'
const code = [
  'fc', //             cld
  'e80000', //         call here
  '5b', //       here: pop bx
  '81eb4400', //       sub bx, 0x44           the file's first byte
  '0e 1f', //          push cs; pop ds
  '8db70001', //       lea si, [bx+0x100]     the message
  'e83800', //         call print
  '88d0', //           mov al, dl             the drive
  'd410', //           aam 16
  '50', //             push ax
  '88e0', //           mov al, ah
  'e82700', //         call digit
  '58', //             pop ax
  'e82300', //         call digit
  '668b470c', //       mov eax, [bx+12]       the file's block, of the boot-info table
  '6685c0', //         test eax, eax
  '7417', //           jz halt
  '6640', //           inc eax
  '8db7a001', //       lea si, [bx+0x1a0]     the packet
  '66894408', //       mov [si+8], eax
  'b442', //           mov ah, 0x42           read sectors
  'cd13', //           int 0x13
  '6a00 1f', //        push 0; pop ds
  'be0080', //         mov si, 0x8000
  'e80a00', //         call print
  'f4', //       halt: hlt
  'ebfd', //           jmp halt
  '3c0a', //    digit: cmp al, 10
  '1c69', //           sbb al, 0x69
  '2f', //             das                    now '0' to '9', 'A' to 'F'
  'eb0b', //           jmp put
  'ac', //      print: lodsb
  '84c0', //           test al, al
  '7405', //           jz done
  'e80300', //         call put
  'ebf6', //           jmp print
  'c3', //       done: ret
  '52', //        put: push dx
  '88c4', //           mov ah, al
  'bafd03', //         mov dx, 0x3fd          COM1, line status
  'ec', //       wait: in al, dx
  'a820', //           test al, 0x20
  '74fb', //           jz wait
  'baf803', //         mov dx, 0x3f8          COM1, data
  '88e0', //           mov al, ah
  'ee', //             out dx, al
  '5a', //             pop dx
  'c3', //             ret
]
/** For int 0x13, function 0x42: one sector to 0000:8000, from the block that the code writes behind this. */
const packet = '10000100 00800000'

const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(' ', ''), 'hex')
const text = (line: string): Buffer => Buffer.from(`${line}\0`, 'latin1')

/** A boot sector that says `message` and its drive's number in two hexadecimal digits. */
export function ownBootSector(message: string): Buffer {
  const sector = Buffer.alloc(512)
  sector.set(bytes(jump))
  sector.set(bytes(code.join('')), 0x40)
  sector.set(text(`${message}, drive `), MESSAGE_OFFSET)
  sector.set(bytes(packet), PACKET_OFFSET)
  sector.writeUInt16LE(MBR_SIGNATURE, SIGNATURE_OFFSET)
  return sector
}

/** The same as a boot file without emulation, with something to say in its second block. */
export function ownLoader(message: string, behind: string): Buffer {
  const file = Buffer.alloc(2 * BLOCK_BYTES)
  file.set(ownBootSector(message))
  file.set(text(behind), BLOCK_BYTES)
  return file
}

/** A disk, floppy or hard, with our boot code before whatever else its first sector holds. */
export function startingDisk(disk: Uint8Array, message: string): Buffer {
  const file = Buffer.from(disk)
  file.set(ownBootSector(message).subarray(0, MBR_CODE_BYTES))
  file.writeUInt16LE(MBR_SIGNATURE, SIGNATURE_OFFSET)
  return file
}
