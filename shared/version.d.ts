/** The version in package.json, put in by the build (vite.config.ts) and by vitest. */
declare const ISOMER_VERSION: string
/** The address in package.json where new versions are announced, put in likewise. */
declare const ISOMER_RELEASES: string
