/** A virtual burner on the loopback: an iSCSI target that QEMU hands to a guest as a real drive. */
import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { Burner } from './burner.ts'
import type { DriveOrder, DriveState } from './drive-control.ts'
import type { DriveIdentity } from './inquiry.ts'
import { IscsiConnection } from './iscsi-connection.ts'

const TARGET_NAME = 'iqn.2026-01.local.isomer:burner'
/** Logical unit 1: some initiators keep 0 for themselves. */
const UNIT = 1

export interface VirtualBurner {
  /** `iscsi://127.0.0.1:PORT/NAME/1`. */
  readonly url: string
  /** Every command with its outcome. */
  readonly log: readonly string[]
  /** Puts discs in, takes them out, makes faults. */
  control(order: DriveOrder): DriveState
  stop(): Promise<void>
}

export async function startVirtualBurner(identity: Partial<DriveIdentity> = {}): Promise<VirtualBurner> {
  const log: string[] = []
  const say = (line: string) => void log.push(line)
  const burner = new Burner(identity, say)
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    new IscsiConnection(socket, { name: TARGET_NAME, burner, log: say })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `iscsi://127.0.0.1:${port}/${TARGET_NAME}/${UNIT}`,
    log,
    control: (order) => burner.control(order),
    stop: async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
      burner.control({ op: 'remove' })
    },
  }
}

/** Words for QEMU that give a guest this drive; several need numbers of their own. */
export function burnerDevice(url: string, number = 0): string[] {
  return [
    ...(number === 0 ? ['-device', 'virtio-scsi-pci,id=burners'] : []),
    ...['-drive', `if=none,id=burner${number},format=raw,file=${url}`],
    ...['-device', `scsi-generic,drive=burner${number},bus=burners.0,scsi-id=${number}`],
  ]
}
