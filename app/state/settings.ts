/**
 * What the app remembers between runs: a small versioned JSON file. A damaged one is set aside under another name, never
 * deleted, and the app starts with the defaults.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import * as v from 'valibot'
import type { ProblemReport } from '../../shared/problem.ts'
import { settingEntries } from '../../shared/settings.ts'

const whole = v.pipe(v.number(), v.safeInteger())

const settingsSchema = v.strictObject({
  version: v.literal(1),
  /** In device-independent pixels; `maximized` goes beside the bounds to return to. */
  window: v.nullable(v.strictObject({ x: whole, y: whole, width: whole, height: whole, maximized: v.boolean() })),
  /** Where the last image was put. */
  targetFolder: v.nullable(v.string()),
  /** Where sources were last picked. */
  sourceFolder: v.nullable(v.string()),
  /** What a person chose; each may be absent in files of before there was the choice. */
  ...settingEntries,
  /** Where images are to be put; null for wherever the last one was. */
  imageFolder: v.optional(v.nullable(v.string()), null),
  /** Where files were last extracted to. */
  extractFolder: v.optional(v.nullable(v.string()), null),
  /** Files that are shown among the drives as discs. */
  virtualDiscs: v.optional(v.array(v.string()), []),
  /** When it was last asked which version is the newest, in milliseconds since 1970. */
  updatesAskedAtMs: v.optional(v.nullable(whole), null),
  /** A new version that somebody wants to hear no more of. */
  passedOverVersion: v.optional(v.nullable(v.string()), null),
  /** Newest first; times are milliseconds since 1970. */
  recentImages: v.optional(v.array(v.strictObject({ path: v.string(), label: v.string(), sizeBytes: whole, openedAtMs: whole })), []),
})
type SettingsFile = v.InferOutput<typeof settingsSchema>
type SettingValues = Omit<SettingsFile, 'version'>
export type WindowBounds = NonNullable<SettingsFile['window']>

const defaults: SettingsFile = v.parse(settingsSchema, { version: 1, window: null, targetFolder: null, sourceFolder: null })

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null // the first start
  }
}

function parse(text: string): SettingsFile | null {
  try {
    const parsed = v.safeParse(settingsSchema, JSON.parse(text))
    return parsed.success ? parsed.output : null
  } catch {
    return null // not JSON; the caller sets the file aside
  }
}

export class Settings {
  private readonly path: string
  private values: SettingsFile
  /** What is to be said of a file that could not be read; null when all is well. */
  readonly problem: ProblemReport | null

  constructor(path: string) {
    this.path = path
    const text = readText(path)
    const values = text === null ? defaults : parse(text)
    this.problem = values === null ? damagedSettings(this.setAside()) : null
    this.values = values ?? defaults
  }

  get<K extends keyof SettingValues>(name: K): SettingValues[K] {
    return this.values[name]
  }

  /** Remembers a value at once; when the disk refuses, the value holds for this run only. */
  set<K extends keyof SettingValues>(name: K, value: SettingValues[K]): void {
    this.change({ [name]: value })
  }

  /** Remembers several values at once. */
  change(changes: Partial<SettingValues>): void {
    this.values = { ...this.values, ...changes }
    try {
      const temporary = `${this.path}.${process.pid}.new`
      mkdirSync(dirname(this.path), { recursive: true })
      writeFileSync(temporary, `${JSON.stringify(this.values, null, 2)}\n`, { mode: 0o600 })
      renameSync(temporary, this.path)
    } catch (error) {
      console.error(`settings were not saved: ${String(error)}`)
    }
  }

  private setAside(): string {
    const aside = `${this.path}.damaged-${Date.now()}`
    console.error(`${this.path} can't be read; it was set aside as ${aside}`)
    try {
      renameSync(this.path, aside)
    } catch (error) {
      console.error(String(error))
    }
    return aside
  }
}

function damagedSettings(aside: string): ProblemReport {
  return {
    kind: 'io',
    code: 'settings-damaged',
    message: 'The settings could not be read, so Isomer started with those it comes with.',
    kept: `The old file was kept as ${aside}.`,
    advice: 'Set again what you had changed.',
  }
}
