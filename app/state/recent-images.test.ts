import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MAX_RECENT_IMAGES } from '../../shared/limits.ts'
import { RecentImages } from './recent-images.ts'
import { Settings } from './settings.ts'
import { SourceRegistry } from './source-registry.ts'

describe('recent images', () => {
  let folder: string
  const recent = () => new RecentImages(new Settings(join(folder, 'settings.json')), new SourceRegistry())
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'isomer-recent-')))
    writeFileSync(join(folder, 'a.iso'), 'a')
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('are there at the next start, newest first and once each, and can be opened while they are there', async () => {
    const images = recent()
    for (const name of ['a.iso', 'gone.iso', 'a.iso']) images.add(join(folder, name), { label: name.toUpperCase(), sizeBytes: 1 })
    const listed = await recent().list()
    expect(listed.map(({ name, label, token }) => [name, label, token !== null])).toEqual([
      ['a.iso', 'A.ISO', true],
      ['gone.iso', 'GONE.ISO', false],
    ])
  })

  it('are forgotten when somebody wants it, and when there are many', async () => {
    const images = recent()
    for (let i = 0; i < MAX_RECENT_IMAGES + 5; i++) images.add(join(folder, `${i}.iso`), { label: '', sizeBytes: i })
    const listed = await images.list()
    expect(listed).toHaveLength(MAX_RECENT_IMAGES)
    images.forget(listed[0]?.recentId ?? '')
    expect((await images.list()).map(({ name }) => name)).toEqual(listed.slice(1).map(({ name }) => name))
  })
})
