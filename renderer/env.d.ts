import type { PageApi } from '../shared/ipc.ts'

declare global {
  interface Window {
    /** What the preload script gives the page. */
    readonly isomer: PageApi
  }
}
