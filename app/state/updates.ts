/**
 * Looks for new versions: when somebody asks, and once a day where that is wanted. Only a version number is learnt by it;
 * nothing is downloaded.
 */

import { type Announcement, announcementIn } from './announcement.ts'
import { hostOf } from './announcement-address.ts'
import { nobodyToAsk } from './announcement-problems.ts'
import type { Settings } from './settings.ts'
import { isNewer } from './version-order.ts'

const DAY_MS = 24 * 3_600_000

interface Outside {
  /** The version that this is. */
  readonly own: string
  /** Null when nobody is to be asked. */
  readonly url: string | null
  /** Gives the text at an address. */
  readonly ask: (url: string) => Promise<string>
  /** Hears of a newer version that nobody had asked for. */
  readonly tell: (version: string) => void
  readonly now?: () => number
}

export class Updates {
  readonly #settings: Settings
  readonly #outside: Outside
  /** The newer version that was found last. */
  #found: Announcement | null = null
  #looking: Promise<string | null> | null = null

  constructor(settings: Settings, outside: Outside) {
    this.#settings = settings
    this.#outside = outside
  }

  /** Who is asked; null for nobody. */
  get host(): string | null {
    return this.#outside.url && hostOf(this.#outside.url)
  }

  /** The page of the newer version that was found last; null when none was. */
  get page(): string | null {
    return this.#found?.page ?? null
  }

  /** Asks at once, whatever is set: gives the version that is newer, or null when this is the newest. */
  look(): Promise<string | null> {
    this.#looking ??= this.#ask().finally(() => {
      this.#looking = null
    })
    return this.#looking
  }

  /** Looks if that is wanted and a day has passed; a failure is for nobody to see, as nobody asked. */
  async lookWhenDue(): Promise<void> {
    if (!this.#settings.get('lookForUpdates') || this.#outside.url === null || !this.#isDayPast()) return
    try {
      const version = await this.look()
      if (version !== null && version !== this.#settings.get('passedOverVersion')) this.#outside.tell(version)
    } catch (error) {
      console.error(String(error))
    }
  }

  /** Of the version that was found last, nothing is told again. */
  passOver(): void {
    if (this.#found) this.#settings.set('passedOverVersion', this.#found.version)
  }

  /** A clock that was set back makes no difference. */
  #isDayPast(): boolean {
    const asked = this.#settings.get('updatesAskedAtMs')
    return asked === null || Math.abs(this.#now() - asked) >= DAY_MS
  }

  async #ask(): Promise<string | null> {
    const { url, ask, own } = this.#outside
    if (url === null) throw nobodyToAsk()
    this.#settings.set('updatesAskedAtMs', this.#now()) // before: one that fails is not tried all day long
    const announced = announcementIn(await ask(url), url)
    this.#found = isNewer(announced.version, own) ? announced : null
    return this.#found?.version ?? null
  }

  #now(): number {
    return (this.#outside.now ?? Date.now)()
  }
}
