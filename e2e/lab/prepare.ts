/** Once before all tests of the lab: a guest is there. */
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { ensureGuest, type GuestParts } from './guest/build.ts'

declare module 'vitest' {
  interface ProvidedContext {
    guest: GuestParts
  }
}

export function setup(project: TestProject): void {
  const cache = join(import.meta.dirname, '../../node_modules/.cache/lab')
  project.provide('guest', ensureGuest(cache, console.log))
}
