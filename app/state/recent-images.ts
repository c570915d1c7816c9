/** Images that were opened before, newest first; remembered between runs. */
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import type { OpenedImage, RecentImage } from '../../shared/browse.ts'
import { MAX_RECENT_IMAGES } from '../../shared/limits.ts'
import { displayPath } from './display-path.ts'
import type { Settings } from './settings.ts'
import type { SourceRegistry } from './source-registry.ts'

export class RecentImages {
  readonly #settings: Pick<Settings, 'get' | 'set'>
  readonly #sources: Pick<SourceRegistry, 'admit'>
  /** Handles by path. */
  readonly #ids = new Map<string, string>()

  constructor(settings: Pick<Settings, 'get' | 'set'>, sources: Pick<SourceRegistry, 'admit'>) {
    this.#settings = settings
    this.#sources = sources
  }

  add(path: string, { label, sizeBytes }: Pick<OpenedImage, 'label' | 'sizeBytes'>): void {
    const others = this.#settings.get('recentImages').filter((recent) => recent.path !== path)
    const added = { path, label, sizeBytes, openedAtMs: Date.now() }
    this.#settings.set('recentImages', [added, ...others].slice(0, MAX_RECENT_IMAGES))
  }

  async list(): Promise<RecentImage[]> {
    return Promise.all(
      this.#settings.get('recentImages').map(async ({ path, label, sizeBytes, openedAtMs }) => {
        const [source] = existsSync(path) ? await this.#sources.admit([path]).catch(() => []) : []
        const shown = { recentId: this.#idOf(path), name: basename(path), label, displayPath: displayPath(path), sizeBytes, openedAtMs }
        return { token: source?.token ?? null, ...shown }
      }),
    )
  }

  forget(recentId: string): void {
    this.#settings.set(
      'recentImages',
      this.#settings.get('recentImages').filter(({ path }) => this.#idOf(path) !== recentId),
    )
  }

  #idOf(path: string): string {
    const id = this.#ids.get(path) ?? randomUUID()
    this.#ids.set(path, id)
    return id
  }
}
