import { existsSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import { dialog } from 'electron'
import type { Services } from '../state/services.ts'
import type { GroupHandlers } from './asker.ts'

/** A folder named after the image that isn't there yet: `Photos`, else `Photos (2)`. */
function freshFolder(parent: string, imagePath: string): string {
  const name = basename(imagePath, extname(imagePath)) || 'Image'
  for (let number = 1; ; number++) {
    const folder = join(parent, number === 1 ? name : `${name} (${number})`)
    if (!existsSync(folder)) return folder
  }
}

export function imagesHandlers({ sources, jobs, reader }: Services): GroupHandlers<'images'> {
  return {
    glance: async ({ token }) => {
      const path = sources.path(token)
      return { token, name: basename(path), ...(await reader.call('glance', path)) }
    },
    extract: async ({ token }, { window }) => {
      const imagePath = sources.path(token)
      const { filePaths } = await dialog.showOpenDialog(window, {
        title: `Extract “${basename(imagePath)}”`,
        buttonLabel: 'Extract Here',
        properties: ['openDirectory', 'createDirectory'],
      })
      const [parent] = filePaths
      if (parent === undefined) return null
      const outFolder = freshFolder(parent, imagePath)
      return { jobId: jobs.add({ kind: 'extract', imagePath, paths: [], view: 'auto', outFolder, overwrite: false }) }
    },
  }
}
