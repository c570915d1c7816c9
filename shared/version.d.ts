/** The version in package.json, put in by the build (vite.config.ts) and by vitest. */
declare const ISOMER_VERSION: string
