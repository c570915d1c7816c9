/** The project file that the image being put together was opened from or saved as. */
import { basename } from 'node:path'
import { projectText } from '../../main/image/project-file.ts'
import type { ImageProject } from '../../shared/image-project.ts'
import type { ProjectFile } from '../../shared/ipc.ts'
import { displayPath } from './display-path.ts'

export class OpenProjectFile {
  #path: string | null = null
  /** What was in it then. */
  #text = ''

  get path(): string | null {
    return this.#path
  }

  /** From now on this file holds this project. */
  holds(path: string, project: ImageProject): void {
    this.#path = path
    this.#text = projectText(project, path)
  }

  /** For the window; null while there is none, and when nothing is arranged any more. */
  describe(project: ImageProject): ProjectFile | null {
    const path = this.#path
    if (project.steps.length === 0) this.#path = null
    if (path === null || this.#path === null) return null
    return { name: basename(path), displayPath: displayPath(path), isChanged: projectText(project, path) !== this.#text }
  }
}
