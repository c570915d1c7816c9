import { dirname } from 'node:path'
import { dialog, nativeImage, shell } from 'electron'
import { IMAGE_EXTENSIONS, PACKED_EXTENSIONS } from '../../shared/image-names.ts'
import { MAX_BYTES_PER_MESSAGE, MAX_DRAGGED_BYTES } from '../../shared/limits.ts'
import icon from '../icons/64x64.png?inline'
import { say } from '../setup/speech.ts'
import { displayPath } from '../state/display-path.ts'
import { freshFolder } from '../state/planned-extractions.ts'
import type { Services } from '../state/services.ts'
import type { Asker, GroupHandlers } from './asker.ts'

/** Names shown of those that are in the way. */
const SHOWN_TAKEN = 3

const everything = { paths: [], strip: 0, topNames: [] }

export function browseHandlers(services: Services): GroupHandlers<'browse'> {
  const { images, edits, recentImages, sources, settings, plannedExtractions, draggedFiles, jobs } = services
  const ask = (imageId: string) => images.client(imageId)
  return {
    pick: async (_nothing, { window }) => {
      const folder = settings.get('sourceFolder')
      const { filePaths } = await dialog.showOpenDialog(window, {
        title: say('shell.dialog.open-image'),
        buttonLabel: say('shell.dialog.open'),
        properties: ['openFile', 'multiSelections'],
        filters: [
          { name: say('shell.files.images'), extensions: [...IMAGE_EXTENSIONS, ...PACKED_EXTENSIONS] },
          { name: say('shell.files.all'), extensions: ['*'] },
        ],
        ...(folder === null ? {} : { defaultPath: folder }),
      })
      const [first] = filePaths
      if (first !== undefined) settings.set('sourceFolder', dirname(first))
      return sources.admit(filePaths)
    },
    open: async ({ token, session, track }) => {
      const path = sources.path(token)
      const opened = await images.open(path, token, session, track)
      recentImages.add(path, opened)
      return opened
    },
    giveUp: ({ token }) => {
      images.giveUp(token)
      return null
    },
    close: ({ imageId }) => {
      images.close(imageId)
      edits.forget(imageId)
      return null
    },
    reveal: ({ imageId }) => {
      shell.showItemInFolder(images.path(imageId))
      return null
    },
    opened: () => images.list(),
    recent: () => recentImages.list(),
    forgetRecent: ({ recentId }) => {
      recentImages.forget(recentId)
      return recentImages.list()
    },
    describe: ({ imageId }) => ask(imageId).call('describe', null),
    check: ({ imageId }) => ask(imageId).call('check', null),
    readAll: ({ imageId, view }) => ask(imageId).call('readAll', { view }),
    list: ({ imageId, ...folder }) => ask(imageId).call('list', folder),
    search: ({ imageId, ...wanted }) => ask(imageId).call('search', wanted),
    forget: ({ imageId, listingId }) => ask(imageId).call('forget', { listingId }),
    rows: ({ imageId, ...page }) => ask(imageId).call('rows', page),
    sort: ({ imageId, ...wanted }) => ask(imageId).call('sort', wanted),
    rowOf: ({ imageId, ...place }) => ask(imageId).call('rowOf', place),
    rowOfTyped: ({ imageId, ...typed }) => ask(imageId).call('rowOfTyped', typed),
    paths: ({ imageId, ...rows }) => ask(imageId).call('paths', rows),
    measure: ({ imageId, ...rows }) => ask(imageId).call('measure', rows),
    folders: ({ imageId, ...place }) => ask(imageId).call('folders', place),
    find: ({ imageId, ...place }) => ask(imageId).call('find', place),
    details: ({ imageId, ...place }) => ask(imageId).call('details', place),
    names: ({ imageId, ...place }) => ask(imageId).call('names', place),
    preview: ({ imageId, ...place }) => ask(imageId).call('preview', place),
    bytes: ({ imageId, ...place }) =>
      ask(imageId).call('bytes', { ...place, lengthBytes: Math.min(place.lengthBytes, MAX_BYTES_PER_MESSAGE) }),
    digest: ({ imageId, ...place }) => ask(imageId).call('digest', place),
    map: ({ imageId, ...wanted }) => ask(imageId).call('map', wanted),
    contentAt: ({ imageId, ...place }) => ask(imageId).call('contentAt', place),
    pickExtractTarget: async ({ imageId, view, chosen }, { window }) => {
      const { name, session, track } = images.facts(imageId)
      const imagePath = images.path(imageId)
      const { paths, strip, topNames } = chosen === null ? everything : await ask(imageId).call('chosen', chosen)
      const parent = await pickFolder(
        window,
        say('shell.dialog.extract', { name }),
        say('shell.dialog.extract.button'),
        settings.get('extractFolder'),
      )
      if (parent === null) return null
      settings.set('extractFolder', parent)
      // All of an image gets a folder of its own, as an archive would.
      const folder = chosen === null ? freshFolder(parent, imagePath) : parent
      const planned = { imagePath, view: view === 'boot' ? 'auto' : view, session, track, paths, strip, topNames, folder } as const
      const { token, taken } = plannedExtractions.add(planned)
      return { token, displayPath: displayPath(folder), taken: taken.slice(0, SHOWN_TAKEN), takenCount: taken.length }
    },
    extract: ({ target, taken }) => ({ jobId: jobs.add(plannedExtractions.take(target, taken)) }),
    pickFolder: async (_nothing, { window }) => {
      const folder = await pickFolder(window, say('shell.dialog.compare'), say('shell.dialog.compare.button'), settings.get('sourceFolder'))
      return folder === null ? [] : sources.admit([folder])
    },
    compare: ({ imageId, token, ignore }) => {
      const spec = { pathOfA: images.path(imageId), pathOfB: sources.path(token), view: 'auto', ignore, exclude: [] } as const
      return { jobId: jobs.add({ kind: 'compare', ...spec }) }
    },
    dragOut: async ({ imageId, chosen }, { window }) => {
      const outFolder = draggedFiles.newFolder()
      const files = await ask(imageId).call('takeOut', { ...chosen, outFolder, mostBytes: MAX_DRAGGED_BYTES })
      const [file] = files
      if (file !== undefined) window.webContents.startDrag({ file, files, icon: nativeImage.createFromDataURL(icon) })
      return null
    },
  }
}

/** Null when the dialog was closed. */
async function pickFolder(window: Asker['window'], title: string, buttonLabel: string, defaultPath: string | null): Promise<string | null> {
  const { filePaths } = await dialog.showOpenDialog(window, {
    title,
    buttonLabel,
    properties: ['openDirectory', 'createDirectory'],
    ...(defaultPath === null ? {} : { defaultPath }),
  })
  return filePaths[0] ?? null
}
