import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { discOf, FakeDrives } from '../../main/drives/testing/fake-drives.ts'
import { JobQueue } from '../../main/jobs/job-queue.ts'
import type { ProcessPort } from '../../main/jobs/process-port.ts'
import type { DrivesSeen } from '../../shared/drive-rows.ts'
import { DriveKeeper } from './drive-keeper.ts'
import { Settings } from './settings.ts'

/** A process that says nothing until it is ended. */
class SilentProcess implements ProcessPort {
  #exit = () => {}
  post(): void {}
  onMessage(): void {}
  onExit(listener: () => void): void {
    this.#exit = listener
  }
  kill(): void {
    this.#exit()
  }
}

describe('the drives of the window', () => {
  let folder: string
  let drives: FakeDrives
  let looks: number
  let jobs: JobQueue
  let keeper: DriveKeeper
  let told: DrivesSeen[]

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'isomer-keeper-'))
    drives = new FakeDrives([discOf('CD-RW')], () => new Uint8Array())
    looks = 0
    const look = drives.look.bind(drives)
    drives.look = () => {
      looks++
      return look()
    }
    jobs = new JobQueue(() => new SilentProcess())
    keeper = new DriveKeeper(jobs, new Settings(join(folder, 'settings.json')), async () => drives)
    told = []
    keeper.listen((seen) => told.push(seen))
  })
  afterEach(() => {
    keeper.stop()
    rmSync(folder, { recursive: true })
  })

  it('keep their handles, and news is told only when something is different', async () => {
    const [drive] = (await keeper.look()).drives
    expect(drive).toMatchObject({ name: 'FAKE DRIVE', place: '/dev/sr0', isVirtual: false, medium: { kind: 'CD-RW' }, jobId: null })
    expect((await keeper.look()).drives[0]?.driveId).toBe(drive?.driveId)
    expect(told).toHaveLength(1)
    drives.discs[0] = null
    await keeper.look()
    expect(told.at(-1)?.drives[0]).toMatchObject({ driveId: drive?.driveId, medium: null })
  })

  it('are left alone while a job has them', async () => {
    const [drive] = (await keeper.look()).drives
    const jobId = jobs.add({ kind: 'erase', drive: '/dev/sr0', full: false })
    const before = looks
    expect((await keeper.look()).drives[0]).toMatchObject({ jobId, medium: { kind: 'CD-RW' } })
    expect(looks).toBe(before)
    await expect(keeper.facts(drive?.driveId ?? '')).rejects.toMatchObject({ report: { code: 'drive-busy' } })
    jobs.cancel(jobId)
  })

  it('are virtual ones too, until they are taken off the list', async () => {
    const path = join(folder, 'Trial.disc')
    const row = await keeper.addVirtual(path)
    expect(row).toMatchObject({ name: 'Trial.disc', isVirtual: true })
    expect(keeper.address(row.driveId)).toEqual({ kind: 'virtual', path })
    keeper.forgetVirtual(row.driveId)
    expect(told.at(-1)?.drives).toHaveLength(1)
    expect(() => keeper.address(row.driveId)).toThrow(
      expect.objectContaining({ report: expect.objectContaining({ code: 'unknown-drive' }) }),
    )
  })

  it('can’t be where the system is not known', async () => {
    const nowhere = new DriveKeeper(jobs, new Settings(join(folder, 'other.json')), async () => {
      throw new Error('no such system')
    })
    expect(await nowhere.look()).toMatchObject({ drives: [], problem: { kind: 'bug' } })
  })
})
