import { beforeEach, describe, expect, it } from 'vitest'
import type { DraftSummary } from '../../shared/edit-draft.ts'
import { Edits } from './edits.ts'

let revision: number
let stepCount: number
let edits: Edits
beforeEach(() => {
  revision = 0
  stepCount = 0
  /** A reader that counts changes. */
  const client = {
    call: async (call: string): Promise<unknown> => {
      if (call === 'editSteps') return Array.from({ length: stepCount }, (_, at) => ({ step: 'remove', path: `/${at}` }))
      if (call === 'editApply') stepCount++
      if (call === 'editUndo') stepCount--
      if (call !== 'editBegin') revision++
      const steps = Array.from({ length: stepCount }, (_, at) => ({ step: 'remove', path: `/${at}`, to: null }) as const)
      return { steps, revision, canUndo: stepCount > 0, canRedo: false } satisfies DraftSummary
    },
  }
  const images = { client: () => client, facts: () => ({ name: 'a.iso' }), path: () => '/images/a.iso', has: (id: string) => id === 'a' }
  edits = new Edits(images as unknown as ConstructorParameters<typeof Edits>[0])
})

const done = (id: string) => edits.hear({ id, state: 'done', endedAtMs: 1 })

describe('what is edited', () => {
  it('is unsaved from the first change to the job that wrote it', async () => {
    await edits.begin('a')
    expect(edits.unsaved()).toEqual([])
    await edits.apply('a', [{ step: 'remove', path: '/0' }])
    expect(edits.unsaved()).toEqual(['a.iso'])
    edits.isSavedBy('a', 'job')
    expect(edits.unsaved()).toEqual([])
    done('job')
    expect(edits.unsaved()).toEqual([])
    edits.setLabel('a', 'OTHER')
    expect(edits.unsaved()).toEqual(['a.iso'])
  })

  it('is unsaved again when the job failed, or when something changed while it wrote', async () => {
    await edits.begin('a')
    await edits.apply('a', [{ step: 'remove', path: '/0' }])
    edits.isSavedBy('a', 'first')
    edits.hear({ id: 'first', state: 'failed', endedAtMs: 1 })
    expect(edits.unsaved()).toEqual(['a.iso'])
    edits.isSavedBy('a', 'second')
    await edits.apply('a', [{ step: 'remove', path: '/1' }])
    done('second')
    expect(edits.unsaved()).toEqual(['a.iso'])
  })

  it('is nothing once it was undone or given up', async () => {
    await edits.begin('a')
    await edits.apply('a', [{ step: 'remove', path: '/0' }])
    await edits.undo('a')
    expect(edits.unsaved()).toEqual([])
    edits.setLabel('a', 'OTHER')
    await edits.end('a')
    expect(edits.unsaved()).toEqual([])
    expect(() => edits.setLabel('a', null)).toThrow('not being edited')
  })

  it('becomes a job with the steps, the label and the mode', async () => {
    await edits.begin('a')
    await edits.apply('a', [{ step: 'remove', path: '/0' }])
    edits.setLabel('a', 'OTHER')
    const spec = await edits.spec('a', 'session-behind-copy', { outPath: '/images/b.iso', overwrite: false })
    expect(spec).toMatchObject({ imagePath: '/images/a.iso', outPath: '/images/b.iso', label: 'OTHER', mode: 'append-session' })
    expect(spec.steps).toEqual([{ step: 'remove', path: '/0' }])
  })
})
