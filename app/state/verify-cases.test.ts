import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { VerifyDraft } from '../../shared/verify.ts'
import { SourceRegistry } from './source-registry.ts'
import { VerifyCases } from './verify-cases.ts'

let folder: string
let asked: string[][]
let cases: VerifyCases
const path = (name: string) => join(folder, name)
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'isomer-cases-')))
  for (const name of ['a.iso', 'b.iso', 'SHA256SUMS', 'key.asc']) writeFileSync(path(name), name)
  asked = []
  /** A reader that takes the last .iso for the image. */
  const reader = {
    call: async (_: string, { paths }: { paths: string[] }): Promise<VerifyDraft> => {
      asked.push(paths)
      const imagePath = paths.findLast((candidate) => candidate.endsWith('.iso')) ?? null
      const files = paths.filter((candidate) => candidate !== imagePath).map((candidate) => ({ path: candidate, role: 'list' as const }))
      return { imagePath, choices: [], lists: [], offered: [], files, chain: [], offeredKeys: [], warnings: [] }
    },
  }
  cases = new VerifyCases(reader as unknown as ConstructorParameters<typeof VerifyCases>[0], new SourceRegistry(), '/keys')
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('what is verified in the window', () => {
  it('gathers what is brought one after another', async () => {
    const { caseId, image } = await cases.bring([path('SHA256SUMS')], null)
    expect(image).toBeNull()
    const more = await cases.bring([path('a.iso')], caseId)
    expect(more).toMatchObject({ caseId, image: { name: 'a.iso' }, files: [{ name: 'SHA256SUMS' }] })
    expect(asked.at(-1)).toEqual([path('SHA256SUMS'), path('a.iso')])
  })

  it('begins anew with another image', async () => {
    const first = await cases.bring([path('a.iso'), path('SHA256SUMS')], null)
    const second = await cases.bring([path('b.iso')], first.caseId)
    expect(second.caseId).not.toBe(first.caseId)
    expect(second).toMatchObject({ image: { name: 'b.iso' }, files: [] })
  })

  it('looks at the same files again', async () => {
    const { caseId } = await cases.bring([path('a.iso'), path('key.asc')], null)
    expect(await cases.again(caseId)).toMatchObject({ caseId, files: [{ name: 'key.asc' }] })
  })

  it('tells the window no paths', async () => {
    const told = JSON.stringify(await cases.bring([path('a.iso'), path('key.asc')], null)).replace(/"displayPath":"[^"]*"/g, '')
    expect(told).not.toContain(folder)
  })

  it('knows no case that it was not told of', async () => {
    expect(() => cases.draft('nothing')).toThrow('not known any more')
    await expect(cases.bring([path('a.iso')], 'nothing')).rejects.toMatchObject({ report: { code: 'unknown-case' } })
  })
})
