import type { CreateOptions, StagingStep } from '../../shared/image-project.ts'
import type { StagedSummary } from '../../shared/staging.ts'
import type { Services } from '../state/services.ts'
import type { GroupHandlers } from './asker.ts'

const inside = (folder: string, name: string) => (folder === '/' ? `/${name}` : `${folder}/${name}`)

/** A member that is there but undefined says nothing, and must not become an option. */
const given = (changes: object): Partial<CreateOptions> =>
  Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))

export function stagingHandlers({ sources, workbench }: Services): GroupHandlers<'staging'> {
  const apply = async (steps: readonly StagingStep[]): Promise<StagedSummary> => (await workbench.call('apply', steps)).summary

  const setOptions = async (changes: Partial<CreateOptions>): Promise<StagedSummary> =>
    (await workbench.call('setOptions', changes)).summary

  return {
    add: ({ tokens, into }) => {
      const hostPaths = tokens.map((token) => sources.path(token))
      // One folder as the beginning is the image: its contents become the top, as `isomer create FOLDER` does it.
      const contentsOnly = hostPaths.length === 1 && into === '/' && workbench.project.steps.length === 0
      return apply(hostPaths.map((hostPath) => ({ step: 'add', hostPath, into, contentsOnly })))
    },
    remove: ({ paths }) => apply(paths.map((path) => ({ step: 'remove', path }))),
    rename: ({ path, name }) => apply([{ step: 'rename', path, name }]),
    newFolder: ({ into, name }) => apply([{ step: 'new-folder', path: inside(into, name) }]),
    move: ({ paths, into }) => apply(paths.map((path) => ({ step: 'move', path, into }))),
    undo: async () => (await workbench.call('undo', null)).summary,
    redo: async () => (await workbench.call('redo', null)).summary,
    clear: async () => (await workbench.call('clear', null)).summary,
    rescan: async () => (await workbench.call('rescan', null)).summary,
    setOptions: (changes) => setOptions(given(changes)),
    addBootFiles: ({ platform, tokens }) => {
      const { bootFiles } = workbench.project.options
      const isKnown = (hostPath: string) => bootFiles.some((file) => file.platform === platform && file.hostPath === hostPath)
      const added = tokens.map((token) => sources.path(token)).filter((hostPath) => !isKnown(hostPath))
      return setOptions({
        bootFiles: [...bootFiles, ...added.map((hostPath) => ({ platform, hostPath, emulation: 'auto', loadSectors: null }) as const)],
      })
    },
    removeBootFile: ({ index }) => setOptions({ bootFiles: workbench.project.options.bootFiles.filter((_, at) => at !== index) }),
    setMbrCode: ({ token }) => setOptions({ mbrCodePath: token === null ? null : sources.path(token) }),
    summary: () => workbench.call('summary', null),
    rows: (page) => workbench.call('rows', page),
    changes: (page) => workbench.call('changes', page),
  }
}
