/** The mounted images as main tells them. */
import { create } from 'zustand'
import type { MountedRow, MountRow, PreparingMount } from '../../shared/mounts.ts'
import { answerOf } from './notices.ts'
import { usePlaces } from './places.ts'

interface MountsState {
  /** Null until main has said. */
  readonly rows: readonly MountRow[] | null
  /** The one that was mounted last, to be pointed out. */
  readonly latest: MountedRow | null
  /** Handles of those being let go, and tokens of images being mounted. */
  readonly busy: ReadonlySet<string>
  /** Images that are got ready to be mounted, and take their time. */
  readonly preparing: readonly PreparingMount[]
  readonly apply: (rows: readonly MountRow[]) => void
  readonly load: () => Promise<void>
  readonly point: (latest: MountedRow) => void
  readonly mount: (token: string) => Promise<void>
  /** With another one comes the place that shows it. */
  readonly hearPreparing: (preparing: readonly PreparingMount[]) => void
  readonly eject: (mountId: string) => Promise<void>
  readonly ejectAll: () => Promise<void>
}

export const useMounts = create<MountsState>()((set, get) => {
  const whileBusy = async (id: string, work: () => Promise<unknown>) => {
    if (get().busy.has(id)) return
    set(({ busy }) => ({ busy: new Set(busy).add(id) }))
    await work()
    set(({ busy }) => ({ busy: new Set([...busy].filter((other) => other !== id)) }))
  }
  return {
    rows: null,
    latest: null,
    busy: new Set(),
    preparing: [],
    apply: (rows) => set({ rows }),
    load: async () => set({ rows: (await answerOf(window.isomer.mounts.list())) ?? [] }),
    point: (latest) => {
      set({ latest })
      usePlaces.getState().go('mounts')
    },
    mount: (token) =>
      whileBusy(token, async () => {
        const mounted = await answerOf(window.isomer.mounts.mount({ token }))
        if (mounted) get().point(mounted)
      }),
    hearPreparing: (preparing) => {
      const known = new Set(get().preparing.map(({ token }) => token))
      set({ preparing })
      if (preparing.some(({ token }) => !known.has(token))) usePlaces.getState().go('mounts')
    },
    eject: (mountId) => whileBusy(mountId, () => answerOf(window.isomer.mounts.unmount({ mountId }))),
    ejectAll: () => whileBusy('all', () => answerOf(window.isomer.mounts.unmountAll())),
  }
})
