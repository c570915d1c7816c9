/** A folder in the system's file manager. */
import { shell } from 'electron'
import { Problem } from '../../shared/problem.ts'

/** Opens it; throws an `io` Problem when no program does. */
export async function openPlace(folder: string): Promise<void> {
  const said = await shell.openPath(folder)
  if (said === '') return
  throw new Problem({
    kind: 'io',
    code: 'no-file-manager',
    message: `‘${folder}’ could not be shown in a file manager.`,
    kept: 'It is mounted there all the same.',
    advice: 'Go there in a file manager or terminal of your own.',
    technical: said,
  })
}
