import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { displayPath } from './display-path.ts'
import { SourceRegistry } from './source-registry.ts'

describe('source registry', () => {
  let folder: string
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'isomer-sources-')))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('tells folders, files and images apart by what they hold and are called', async () => {
    mkdirSync(join(folder, 'photos.iso'))
    writeFileSync(join(folder, 'empty.iso'), '')
    const image = Buffer.alloc(17 * 2048)
    image.write('CD001', 16 * 2048 + 1, 'latin1')
    writeFileSync(join(folder, 'disc.bin'), image)
    const names = ['photos.iso', 'empty.iso', 'disc.bin']
    const sources = await new SourceRegistry().admit(names.map((name) => join(folder, name)))
    expect(sources.map(({ name, kind, sizeBytes }) => [name, kind, sizeBytes])).toEqual([
      ['photos.iso', 'folder', null],
      ['empty.iso', 'image', 0],
      ['disc.bin', 'image', image.length],
    ])
  })

  it('gives one token for one real place, whatever way leads there', async () => {
    const registry = new SourceRegistry()
    mkdirSync(join(folder, 'real'))
    symlinkSync(join(folder, 'real'), join(folder, 'link'))
    const [real, link] = await registry.admit([join(folder, 'real'), join(folder, 'link')])
    expect(link?.token).toBe(real?.token)
    expect(registry.path(real?.token ?? '')).toBe(join(folder, 'real'))
  })

  it('refuses tokens it never gave and paths that are not there', async () => {
    const registry = new SourceRegistry()
    expect(() => registry.path('/etc/passwd')).toThrow(
      expect.objectContaining({ report: expect.objectContaining({ code: 'unknown-source' }) }),
    )
    await expect(registry.admit([join(folder, 'gone')])).rejects.toMatchObject({ report: { kind: 'io', code: 'source-unreadable' } })
  })

  it('shows the home folder as ~, and only that folder', () => {
    expect(displayPath('/home/ann/a.iso', '/home/ann')).toBe('~/a.iso')
    expect(displayPath('/home/anne/a.iso', '/home/ann')).toBe('/home/anne/a.iso')
  })
})
