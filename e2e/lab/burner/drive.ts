/** The drive: its tray, its lock, the events that it tells of, and the disc in it. Commands are in the files beside. */
import { setTimeout as sleep } from 'node:timers/promises'
import { Disc } from './disc.ts'
import type { DriveFaults, DriveOrder, DrivePace, DriveState } from './drive-control.ts'
import type { DriveIdentity } from './inquiry.ts'
import { defaultWriteParameters } from './mode-pages.ts'
import { inProgress, mediumChanged, noMedium, noSense, type Sense } from './sense.ts'
import { driveSpeeds } from './speeds.ts'

/** Media events (MMC-6, 6.7.2.5). */
const events = { none: 0, ejectRequest: 1, newMedia: 2, mediaRemoval: 3 } as const
const FINALIZE_BITS = 0xc0
const WRITE_TYPE_BITS = 0x0f
const TEST_WRITE = 0x10

export class Drive {
  readonly identity: DriveIdentity
  readonly bufferBytes = 4 << 20
  faults: DriveFaults = {}
  writeParameters = defaultWriteParameters()
  /** What the last failed command was about, for REQUEST SENSE. */
  lastSense: Sense = noSense()
  /** To be told before anything else. */
  readonly attention: Sense[] = []
  /** Null with the tray open. */
  #disc: Disc | null = null
  /** What lies in the open tray. */
  #onTray: Disc | null = null
  #trayIsOpen = false
  #isLocked = false
  #event: number = events.none
  #pace: DrivePace = {}
  #chosenSpeed = 0
  /** The disc as it was before a simulation. */
  #beforeSimulation: string | null = null
  #busy: { readonly fromMs: number; readonly untilMs: number; readonly qualifier: number } | null = null

  constructor(identity: Partial<DriveIdentity> = {}) {
    this.identity = { vendor: 'VBURN', product: 'VIRTUAL BURNER', revision: '1.00', serial: 'VBURN0001', ...identity }
  }

  // Hands on the drive

  control(order: DriveOrder): DriveState {
    switch (order.op) {
      case 'state':
        break
      case 'insert':
        this.#takeOut()
        this.#trayIsOpen = false
        this.#disc = new Disc(order)
        this.#changed(events.newMedia)
        break
      case 'remove':
        this.pullOut(order.open === true)
        break
      case 'button':
        this.#pressButton()
        break
      case 'eject':
        this.open()
        break
      case 'load':
        this.load()
        break
      case 'faults':
        this.faults = order
        break
      case 'pace':
        this.#pace = order
        break
    }
    return this.state
  }

  get state(): DriveState {
    const disc = this.#disc ?? this.#onTray
    return {
      tray: this.#trayIsOpen ? 'open' : 'closed',
      isLocked: this.#isLocked,
      disc: disc && {
        kind: disc.kind,
        profile: disc.profile,
        discStatus: disc.status.disc,
        sessionStatus: disc.status.session,
        endBlock: disc.endBlock,
        session: disc.session,
        tracks: disc.tracks,
      },
    }
  }

  /** The disc is taken by force. */
  pullOut(leavesTrayOpen: boolean): void {
    this.#takeOut()
    this.#trayIsOpen = leavesTrayOpen
  }

  #pressButton(): void {
    if (this.#trayIsOpen) this.load()
    else if (this.#isLocked) this.#event = events.ejectRequest
    else this.open()
  }

  open(): void {
    if (this.#trayIsOpen) return
    this.endSimulation()
    this.#disc?.save()
    this.#onTray = this.#disc
    this.#disc = null
    this.#trayIsOpen = true
    this.#changed(events.mediaRemoval)
  }

  load(): void {
    if (!this.#trayIsOpen) return
    this.#trayIsOpen = false
    this.#disc = this.#onTray
    this.#onTray = null
    if (this.#disc !== null) this.#changed(events.newMedia)
  }

  #takeOut(): void {
    this.endSimulation()
    const disc = this.#disc ?? this.#onTray
    disc?.save()
    disc?.close()
    if (this.#disc !== null) this.#changed(events.mediaRemoval)
    this.#disc = null
    this.#onTray = null
    this.#isLocked = false
  }

  #changed(event: number): void {
    this.#event = event
    this.writeParameters = defaultWriteParameters()
    if (event === events.newMedia) this.attention.splice(0, Number.POSITIVE_INFINITY, mediumChanged())
  }

  // What commands ask

  get disc(): Disc | null {
    return this.#disc
  }

  requireDisc(): Disc {
    if (this.#disc === null) throw noMedium(this.#trayIsOpen)
    return this.#disc
  }

  get trayIsOpen(): boolean {
    return this.#trayIsOpen
  }

  get isLocked(): boolean {
    return this.#isLocked
  }

  lock(isLocked: boolean): void {
    this.#isLocked = isLocked
  }

  /** Gives the event that happened last, once. */
  takeEvent(): number {
    const event = this.#event
    this.#event = events.none
    return event
  }

  get readSpeeds(): readonly number[] {
    if (this.#disc?.type.isCd) return driveSpeeds.cd
    return (this.#disc?.profile ?? 0) >= 0x40 ? driveSpeeds.bd : driveSpeeds.dvd
  }

  get writeSpeeds(): readonly number[] {
    return this.readSpeeds
  }

  get writeSpeed(): number {
    const fastest = this.writeSpeeds[0] ?? 0
    if (this.#chosenSpeed === 0) return fastest
    return this.writeSpeeds.find((speed) => speed <= this.#chosenSpeed) ?? this.writeSpeeds.at(-1) ?? fastest
  }

  /** 0 for the fastest. */
  chooseSpeed(kilobytesPerSecond: number): void {
    this.#chosenSpeed = kilobytesPerSecond === 0xffff ? 0 : kilobytesPerSecond
  }

  /** Whether a closed session is to be the last. */
  get finalizes(): boolean {
    return ((this.writeParameters[3] ?? 0) & FINALIZE_BITS) === 0
  }

  get writeType(): number {
    return (this.writeParameters[2] ?? 0) & WRITE_TYPE_BITS
  }

  get simulates(): boolean {
    return ((this.writeParameters[2] ?? 0) & TEST_WRITE) !== 0
  }

  get isSimulating(): boolean {
    return this.#beforeSimulation !== null
  }

  /** Remembers the disc, which then changes as if it were written. */
  beginSimulation(): void {
    this.#beforeSimulation ??= this.#disc?.snapshot() ?? null
  }

  /** Everything is as it was before. */
  endSimulation(): void {
    if (this.#beforeSimulation !== null) this.#disc?.restore(this.#beforeSimulation)
    this.#beforeSimulation = null
  }

  /** What is written from here on stays. */
  keepSimulation(): void {
    this.#beforeSimulation = null
  }

  // Time

  /** A long operation: in the background when the command says so, else the command takes that long. */
  async takeTime(inBackground: boolean, qualifier: number): Promise<void> {
    const { busyMs } = this.#pace
    if (busyMs === undefined) return
    if (inBackground) this.#busy = { fromMs: Date.now(), untilMs: Date.now() + busyMs, qualifier }
    else await sleep(busyMs)
  }

  /** What a drive that is at it answers to everything else; null when it is not. */
  get busySense(): Sense | null {
    if (this.#busy === null) return null
    const { fromMs, untilMs, qualifier } = this.#busy
    const nowMs = Date.now()
    if (nowMs < untilMs) return inProgress(qualifier, Math.floor(((nowMs - fromMs) / (untilMs - fromMs)) * 0xffff))
    this.#busy = null
    return null
  }

  async takeTransferTime(blocks: number, isWriting: boolean): Promise<void> {
    const speed = isWriting ? this.#pace.writeKilobytesPerSecond : this.#pace.readKilobytesPerSecond
    if (speed !== undefined) await sleep((blocks * 2048) / speed)
  }
}
