import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

/** Each file starts a machine of its own, which is many times slower than this one. */
export default defineConfig({
  define: { ISOMER_VERSION: JSON.stringify('lab') },
  test: {
    root: join(import.meta.dirname, '../..'),
    include: ['e2e/lab/**/*.lab.ts'],
    globalSetup: join(import.meta.dirname, 'prepare.ts'),
    environment: 'node',
    testTimeout: 900_000,
    hookTimeout: 600_000,
    pool: 'forks',
    fileParallelism: false,
  },
})
