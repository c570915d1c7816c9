import type { DriveFacts, MediumFacts, MediumKind } from '../../../shared/drives.ts'
import type { Problem } from '../../../shared/problem.ts'
import type { BurnOrder, DriveAdapter, DriveListener, DriveWork, OpenMedium, ToolNote } from '../drive-adapter.ts'
import type { DriveAddress } from '../drive-address.ts'
import { ScratchedDisc } from './scratched-disc.ts'

const SECTOR_BYTES = 2048

export function discOf(kind: MediumKind, changes: Partial<MediumFacts> = {}): MediumFacts {
  const isOverwritable = ['DVD+RW', 'DVD-RAM', 'BD-RE'].includes(kind)
  return {
    kind,
    state: 'blank',
    isRewritable: isOverwritable || kind.endsWith('RW'),
    isOverwritable,
    sessions: [],
    capacityBytes: 700_000_000,
    readableBytes: 0,
    freeBytes: 700_000_000,
    label: null,
    writeSpeeds: [],
    ...changes,
  }
}

/** A drive in memory that writes down what is done with it, and fails on command. */
export class FakeDrives implements DriveAdapter {
  readonly canStream: boolean = true
  /** Discs to come, in the order in which they are put in when the drive was opened. */
  readonly discs: (MediumFacts | null)[]
  readonly acts: string[] = []
  /** What burning fails with, and what the disc then is. */
  failure: { readonly problem: Problem; readonly disc: MediumFacts | null } | null = null
  opens = true
  content: Uint8Array = new Uint8Array()
  readonly #image: (path: string) => Uint8Array

  constructor(discs: (MediumFacts | null)[], image: (path: string) => Uint8Array) {
    this.discs = discs
    this.#image = image
  }

  async list(): Promise<readonly DriveFacts[]> {
    return [await this.look()]
  }

  async look(): Promise<DriveFacts> {
    return { address: '/dev/sr0', vendor: 'FAKE', model: 'DRIVE', revision: '1', medium: this.discs[0] ?? null, unknownBecause: null }
  }

  toolFor(): ToolNote {
    return { tool: 'fake', reason: 'It is a test.' }
  }

  burn({ imagePath, kilobytesPerSecond, simulate, medium, sizeBytes }: BurnOrder, listener: DriveListener): DriveWork {
    this.acts.push(
      `${simulate ? 'simulate' : 'burn'} ${medium.kind} ${imagePath === null ? 'stream' : 'file'} ${kilobytesPerSecond ?? 'max'}`,
    )
    listener.event({ phase: 'write', doneBytes: sizeBytes * 2, fraction: null, bufferPercent: 90, fifoPercent: 80 })
    const { failure } = this
    if (failure !== null) {
      this.discs[0] = failure.disc
      return { input: null, ended: Promise.reject(failure.problem), stop: () => {} }
    }
    if (!simulate) {
      const bytes = this.#image(imagePath ?? '')
      this.content = Buffer.concat([bytes, Buffer.alloc((SECTOR_BYTES - (bytes.length % SECTOR_BYTES)) % SECTOR_BYTES)])
      this.discs[0] = { ...medium, state: 'closed', freeBytes: 0, readableBytes: sizeBytes }
    }
    return { input: null, ended: Promise.resolve(), stop: () => {} }
  }

  erase(_drive: DriveAddress, medium: MediumFacts, full: boolean): DriveWork {
    this.acts.push(`erase ${medium.kind} ${full ? 'fully' : 'quickly'}`)
    this.discs[0] = { ...medium, state: 'blank', freeBytes: medium.capacityBytes ?? 0, readableBytes: 0, label: null }
    return { input: null, ended: Promise.resolve(), stop: () => {} }
  }

  async moveTray(_drive: DriveAddress, move: 'eject' | 'load'): Promise<boolean> {
    this.acts.push(move)
    return this.opens
  }

  /** Somebody takes the disc out and puts the next one in. */
  changeDisc(): void {
    this.discs.shift()
  }

  async openMedium(): Promise<OpenMedium> {
    return { source: new ScratchedDisc(this.content), isOverwritable: false }
  }

  watch(): () => void {
    return () => {}
  }
}
