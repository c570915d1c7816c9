/** What a guest's users may do: the ground for tests of policies. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createImage } from '../../main/image/create/create-image.ts'
import { quietControl } from '../../main/image/testing/quiet-control.ts'
import { defaultCreateOptions } from '../../shared/image-project.ts'
import type { GuestUser } from './machine/agent-protocol.ts'
import { Guest } from './machine/guest.ts'

let guest: Guest
beforeAll(async () => {
  guest = await Guest.start({ systemd: true })
  const source = join(guest.folder, 'source')
  mkdirSync(source)
  writeFileSync(join(source, 'file'), 'content')
  const project = {
    version: 1 as const,
    steps: [{ step: 'add' as const, hostPath: source, into: '/', contentsOnly: true }],
    options: defaultCreateOptions,
  }
  await createImage({ project, outPath: join(guest.folder, 'image.iso'), overwrite: false }, quietControl())
})
afterAll(() => guest?.stop())

const attach = (user: GuestUser) => guest.run('udisksctl loop-setup --read-only --file /lab/image.iso --no-user-interaction', { user })

it('the seat’s user is logged in at the screen', async () => {
  const { stdout } = await guest.run('loginctl show-session "$XDG_SESSION_ID" -p Name -p Active -p Seat', { user: 'seat' })
  expect(stdout.trim().split('\n').sort()).toEqual(['Active=yes', 'Name=tester', 'Seat=seat0'])
})

it.each(['root', 'seat'] as const)('%s may attach an image', async (user) => {
  expect(await attach(user)).toMatchObject({ exitCode: 0, stdout: 'Mapped file /lab/image.iso as /dev/loop0.\n' })
  await guest.run('udisksctl loop-delete --block-device /dev/loop0')
})

it('a user without a seat may not', async () => {
  const { exitCode, stderr } = await attach('tester')
  expect(exitCode).toBe(1)
  expect(stderr).toContain('org.freedesktop.UDisks2.Error.NotAuthorizedCanObtain')
})
