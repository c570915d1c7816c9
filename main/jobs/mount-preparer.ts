/** Gets an image ready to be mounted in a process of its own, which ends with that: whatever the image does to it, the shell goes on. */
import type { MountControl } from '../mounts/mount-control.ts'
import type { PreparedMount } from '../mounts/prepare-mount.ts'
import { BrowseClient } from './browse-client.ts'
import type { StartProcess } from './process-port.ts'

/** Throws what `prepareMount` throws, what the control throws, and a Problem when the process ends by itself. */
export async function prepareMountElsewhere(startProcess: StartProcess, path: string, control: MountControl): Promise<PreparedMount> {
  const client = new BrowseClient(startProcess, {
    preparing: ({ phase, ...bytes }) => {
      control.progress({ phase: phase === 'copy' ? 'write' : 'expand', ...bytes, doneItems: 0, current: null })
      void stopWhenAsked(client, control)
    },
  })
  try {
    return await client.call('prepareMount', { path })
  } finally {
    client.stop()
  }
}

/** A process that is only ended could not clear up behind itself. */
async function stopWhenAsked(client: BrowseClient, control: MountControl): Promise<void> {
  try {
    await control.checkpoint()
  } catch {
    await client.call('stopMount', null).catch(() => {}) // it may be ready, and gone, meanwhile
  }
}
