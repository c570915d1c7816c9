/** A disc: what is on it, and what may be written where. It knows nothing of commands but the sense that it throws. */
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { type DiscKind, type DiscKindName, discKindOf, profiles } from './disc-kinds.ts'
import { DATA_BYTES, DiscStore } from './disc-store.ts'
import { type DiscTrack, openTrack, type SessionLayout } from './disc-track.ts'
import {
  endOfUserArea,
  invalidParameter,
  invalidWriteAddress,
  lbaOutOfRange,
  runOut,
  sequenceError,
  unknownCommand,
  writeProtected,
  wrongMedium,
  wrongTrackMode,
} from './sense.ts'

export interface DiscRequest {
  readonly kind: DiscKindName
  /** The file that backs it; `path.json` keeps the rest, so that it can be put in again. Of a pressed disc, its image. */
  readonly path: string
  /** A smaller capacity than its kind has. */
  readonly blocks?: number
  /** Blank, whatever the file was. */
  readonly fresh?: boolean
}

/** What changes about a disc. */
interface DiscState {
  /** A DVD-RW that is written in place. */
  isRestricted: boolean
  isFormatted: boolean
  formattedBlocks: number
  isFinalized: boolean
  session: number
  tracks: DiscTrack[]
  layout: SessionLayout | null
}

/** As READ DISC INFORMATION counts (MMC-6, 6.22.3.1). */
export const discStatus = { empty: 0, incomplete: 1, complete: 2 } as const
export const sessionStatus = { empty: 0, incomplete: 1, complete: 3 } as const

/** Unreadable blocks that end a CD's track written track-at-once. */
const RUN_OUT_BLOCKS = 2
/** Between two tracks of a CD that were not laid out together. */
const CD_PAUSE_BLOCKS = 150

/** What FORMAT UNIT may be asked for, by profile (MMC-6, 6.5.4.2). */
const formats: Readonly<Record<number, readonly number[]>> = {
  [profiles.dvdPlusRw]: [0x26, 0x00],
  [profiles.dvdRam]: [0x00, 0x01],
  [profiles.dvdRw]: [0x00, 0x10, 0x15],
  [profiles.restrictedOverwrite]: [0x00, 0x10, 0x13, 0x15],
  [profiles.bdRe]: [0x00, 0x30, 0x31, 0x01],
  [profiles.bdR]: [0x00, 0x32],
}
const FORMAT_WITHOUT_SPARES = 0x31

export class Disc {
  readonly kind: DiscKindName
  readonly type: DiscKind
  readonly blocks: number
  readonly store: DiscStore
  readonly #path: string
  #state: DiscState

  constructor({ kind, path, blocks, fresh = false }: DiscRequest) {
    this.kind = kind
    this.type = discKindOf(kind)
    this.#path = path
    const isPressed = this.type.isPressed === true
    this.blocks = isPressed ? Math.ceil(statSync(path).size / DATA_BYTES) : (blocks ?? this.type.blocks)
    const isKnown = !isPressed && !fresh && existsSync(`${path}.json`)
    this.store = new DiscStore(path, isPressed ? 'r' : isKnown ? 'r+' : 'w+', !isPressed && this.type.isCd === true)
    this.#state = isPressed ? this.#pressed() : isKnown ? JSON.parse(readFileSync(`${path}.json`, 'utf8')) : this.#blank()
    this.save()
  }

  #pressed(): DiscState {
    const track: DiscTrack = { ...openTrack(1, 1, 0), state: 'complete', sizeBlocks: this.blocks, nextBlock: this.blocks }
    return { ...this.#blank(), isFinalized: true, tracks: [{ ...track, writtenEndBlock: this.blocks }] }
  }

  #blank(): DiscState {
    return {
      isRestricted: false,
      isFormatted: this.type.isFormatted === true,
      formattedBlocks: this.blocks,
      isFinalized: false,
      session: 1,
      tracks: this.type.isSequential ? [openTrack(1, 1, 0)] : [],
      layout: null,
    }
  }

  /** For putting things back as they were, after a simulation. */
  snapshot(): string {
    return JSON.stringify(this.#state)
  }

  restore(snapshot: string): void {
    this.#state = JSON.parse(snapshot)
  }

  save(): void {
    if (!this.type.isPressed) writeFileSync(`${this.#path}.json`, this.snapshot())
  }

  close(): void {
    this.store.close()
  }

  // What it is

  get profile(): number {
    return this.#state.isRestricted ? profiles.restrictedOverwrite : this.type.profile
  }
  get isSequential(): boolean {
    return this.type.isSequential === true && !this.#state.isRestricted
  }
  get isFormatted(): boolean {
    return this.#state.isFormatted
  }
  get formattedBlocks(): number {
    return this.#state.formattedBlocks
  }
  get isFinalized(): boolean {
    return this.#state.isFinalized
  }
  /** Number of the session that is being written or comes next. */
  get session(): number {
    return this.#state.session
  }
  get tracks(): readonly DiscTrack[] {
    return this.#state.tracks
  }
  get layout(): SessionLayout | null {
    return this.#state.layout
  }
  get openTrack(): DiscTrack | undefined {
    return this.#state.tracks.find(({ state }) => state === 'open')
  }
  get sessionTracks(): readonly DiscTrack[] {
    return this.#state.tracks.filter(({ session }) => session === this.session)
  }
  /** Of closed sessions: what a table of contents lists. */
  get completeTracks(): readonly DiscTrack[] {
    return this.#state.tracks.filter(({ session }) => session < this.session || this.isFinalized)
  }
  trackAt(lba: number): DiscTrack | undefined {
    return this.#state.tracks.findLast(({ startBlock }) => lba >= startBlock)
  }

  get status(): { readonly disc: number; readonly session: number } {
    const complete = { disc: discStatus.complete, session: sessionStatus.complete }
    const empty = { disc: discStatus.empty, session: sessionStatus.empty }
    if (!this.isSequential) return this.isFormatted ? complete : empty
    if (this.isFinalized) return complete
    const { layout } = this.#state
    const hasBegun =
      (layout !== null && layout.nextBlock > layout.beginBlock) ||
      this.sessionTracks.some(({ state, nextBlock, startBlock }) => state !== 'open' || nextBlock > startBlock)
    return {
      disc: hasBegun || this.session > 1 ? discStatus.incomplete : discStatus.empty,
      session: hasBegun ? sessionStatus.incomplete : sessionStatus.empty,
    }
  }

  /** One past the last block that a reader is told of; 0 when nothing is closed. */
  get endBlock(): number {
    if (!this.isSequential) return this.isFormatted ? this.formattedBlocks : 0
    const last = this.completeTracks.at(-1)
    return last === undefined ? 0 : last.startBlock + last.sizeBlocks
  }

  // Reading

  requireReadable(lba: number, count: number): void {
    if (!this.isSequential) {
      if (!this.isFormatted || lba + count > this.formattedBlocks) throw lbaOutOfRange(Math.max(lba, this.formattedBlocks))
      return
    }
    for (let at = lba; at < lba + count; ) {
      const track = this.trackAt(at)
      if (track === undefined) throw lbaOutOfRange(at)
      const readableEnd = this.#readableEnd(track)
      const isRunOut = track.runOutBlocks > 0 && at < track.startBlock + track.sizeBlocks
      if (at >= readableEnd) throw isRunOut ? runOut(at) : lbaOutOfRange(at)
      at = readableEnd
    }
  }

  /** Silence between two audio tracks of a session can be read. */
  #readableEnd(track: DiscTrack): number {
    const next = track.isAudio ? this.tracks[track.number] : undefined
    if (next?.isAudio && next.session === track.session) return next.startBlock
    return track.state === 'complete' ? track.startBlock + track.sizeBlocks - track.runOutBlocks : track.nextBlock
  }

  /** The data of sectors. */
  read(lba: number, count: number): Buffer {
    this.requireReadable(lba, count)
    if (this.trackAt(lba)?.isAudio) throw wrongTrackMode(lba)
    return this.store.readData(lba, count)
  }

  // Writing

  /** Checks that it may be written there and goes on behind it; keeps nothing when simulating. */
  write(lba: number, count: number, data: Buffer, { simulate, isAudio }: { simulate: boolean; isAudio: boolean }): void {
    if (!this.isSequential) this.#requireFormatted(lba, count)
    else if (this.isFinalized) throw writeProtected()
    else if (this.#state.layout !== null) this.#advanceLayout(this.#state.layout, lba, count)
    else this.#advanceTrack(lba, count, isAudio)
    if (!simulate) this.store.write(lba, count, data)
  }

  #requireFormatted(lba: number, count: number): void {
    if (!this.isFormatted) throw wrongMedium(6)
    if (lba + count > this.formattedBlocks) throw lbaOutOfRange(lba)
  }

  #advanceLayout(layout: SessionLayout, lba: number, count: number): void {
    if (lba !== layout.nextBlock) throw invalidWriteAddress(lba)
    if (lba + count > layout.endBlock) throw endOfUserArea(lba)
    layout.nextBlock += count
  }

  #advanceTrack(lba: number, count: number, isAudio: boolean): void {
    const track = this.#state.tracks.find(({ state, nextBlock }) => state !== 'complete' && nextBlock === lba)
    if (track === undefined) throw invalidWriteAddress(lba)
    const endBlock = track.state === 'reserved' ? track.startBlock + track.sizeBlocks : this.blocks
    if (lba + count > endBlock) throw endOfUserArea(lba)
    track.nextBlock += count
    track.isAudio = isAudio
  }

  /** RESERVE TRACK; `whole` for a session that closes by itself when it is full. */
  reserve(count: number, whole: boolean): void {
    const track = this.openTrack
    if (!this.isSequential || track === undefined || this.isFinalized || track.nextBlock > track.startBlock) throw sequenceError()
    const sizeBlocks = roundUp(count, this.type.eccBlocks)
    if (track.startBlock + sizeBlocks > this.blocks) throw lbaOutOfRange()
    Object.assign(track, { state: 'reserved', sizeBlocks, wholeBlocks: whole ? count : null })
    if (!whole) this.#addOpenTrack(track.startBlock + sizeBlocks + this.#pauseBlocks)
    this.save()
  }

  /** SEND CUE SHEET: the tracks of a session at once. */
  layOut(layout: Omit<SessionLayout, 'nextBlock'>): void {
    // A layout that nothing was written to gives way.
    if (this.openTrack === undefined || this.status.session !== sessionStatus.empty) throw sequenceError()
    if (layout.endBlock > this.blocks) throw endOfUserArea()
    this.#state.layout = { ...layout, nextBlock: layout.beginBlock }
    this.save()
  }

  /** Null for the one that is being written. */
  closeTrack(number: number | null): void {
    const isBegun = ({ state, nextBlock, startBlock }: DiscTrack) => state !== 'complete' && nextBlock > startBlock
    const track =
      number === null ? this.#state.tracks.find((each) => each.session === this.session && isBegun(each)) : this.#state.tracks[number - 1]
    if (track === undefined || track.state === 'complete') return
    if (track.state === 'reserved') this.#complete(track)
    else if (track.nextBlock > track.startBlock) {
      // The drive writes run-out behind a CD's data and counts it in the table of contents.
      const runOutBlocks = this.type.isCd ? RUN_OUT_BLOCKS : 0
      track.runOutBlocks = track.isAudio ? 0 : runOutBlocks
      track.sizeBlocks = roundUp(track.nextBlock - track.startBlock, this.type.eccBlocks) + runOutBlocks
      this.#complete(track)
      this.#addOpenTrack(track.startBlock + track.sizeBlocks + this.#pauseBlocks)
    }
    this.save()
  }

  #complete(track: DiscTrack): void {
    track.writtenEndBlock = track.nextBlock
    track.nextBlock = track.startBlock + track.sizeBlocks
    track.state = 'complete'
  }

  /** SYNCHRONIZE CACHE: a session at once that is whole closes by itself. */
  synchronize(finalize: boolean): void {
    const { layout, tracks } = this.#state
    const whole = tracks.find(
      ({ state, wholeBlocks, nextBlock, startBlock }) =>
        state === 'reserved' && wholeBlocks !== null && nextBlock >= startBlock + wholeBlocks,
    )
    if (whole !== undefined) {
      this.#complete(whole)
      this.closeSession(finalize)
    } else if (layout !== null && layout.nextBlock >= layout.endBlock) {
      this.#takeLayout(layout)
      this.closeSession(finalize)
    } else this.save()
  }

  #takeLayout({ tracks, endBlock }: SessionLayout): void {
    this.#state.tracks.pop()
    for (const [index, { startBlock, isAudio }] of tracks.entries()) {
      const nextBlock = tracks[index + 1]?.startBlock ?? endBlock
      const track = openTrack(this.#state.tracks.length + 1, this.session, startBlock)
      const done = { state: 'complete', sizeBlocks: nextBlock - startBlock, nextBlock, writtenEndBlock: nextBlock, isAudio } as const
      this.#state.tracks.push({ ...track, ...done })
    }
    this.#state.layout = null
  }

  /** `finalize`: no further session. */
  closeSession(finalize: boolean): void {
    if (!this.isFinalized && this.isSequential) {
      for (const { state, number, nextBlock, startBlock } of this.sessionTracks)
        if (state === 'reserved' || nextBlock > startBlock) this.closeTrack(number)
      if (this.sessionTracks.at(-1)?.state === 'open') this.#state.tracks.pop()
      if (this.sessionTracks.length === 0) this.#endWithoutSession(finalize)
      else if (finalize) this.#state.isFinalized = true
      else this.#beginSession()
    }
    this.save()
  }

  #endWithoutSession(finalize: boolean): void {
    if (finalize && this.session > 1) {
      this.#state.session--
      this.#state.isFinalized = true
    } else this.#addOpenTrack(this.#nextSessionBlock)
  }

  #beginSession(): void {
    const startBlock = this.#nextSessionBlock
    if (startBlock + CD_PAUSE_BLOCKS >= this.blocks) this.#state.isFinalized = true
    else {
      this.#state.session++
      this.#addOpenTrack(startBlock)
    }
  }

  get #nextSessionBlock(): number {
    const last = this.#state.tracks.at(-1)
    if (last === undefined) return 0
    const gap = this.type.gapBlocks?.[last.session === 1 ? 0 : 1] ?? 0
    return roundUp(last.startBlock + last.sizeBlocks + gap, this.type.eccBlocks)
  }

  get #pauseBlocks(): number {
    return this.type.isCd ? CD_PAUSE_BLOCKS : 0
  }

  #addOpenTrack(startBlock: number): void {
    this.#state.tracks.push(openTrack(this.#state.tracks.length + 1, this.session, startBlock))
  }

  // Erasing

  blank(): void {
    if (!this.type.isErasable || !this.type.isSequential) throw unknownCommand()
    this.store.clear()
    this.#state = this.#blank()
    this.save()
  }

  /** FORMAT UNIT by its type of format; `blocks` 0 for as many as there are. */
  format(type: number, blocks: number): void {
    if (!formats[this.profile]?.includes(type)) throw invalidParameter()
    if (this.profile === profiles.bdR && this.status.disc !== discStatus.empty) throw wrongMedium(8)
    if (this.profile === profiles.dvdRw || this.profile === profiles.restrictedOverwrite) {
      this.store.clear()
      this.#state = { ...this.#blank(), isRestricted: true, tracks: [] }
    } else if (this.profile === profiles.bdRe) {
      const most = type === FORMAT_WITHOUT_SPARES ? this.blocks : this.blocks - (this.type.spareBlocks ?? 0)
      this.#state.formattedBlocks = blocks > 0 && blocks <= this.blocks ? blocks : most
    }
    this.#state.isFormatted = true
    this.save()
  }
}

const roundUp = (value: number, unit: number): number => Math.ceil(value / unit) * unit
