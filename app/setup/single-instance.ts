/** One window for everybody: a second start hands its paths over and ends. */
import { app } from 'electron'
import * as v from 'valibot'
import { type Arrivals, ownPaths } from './arrivals.ts'
import { showWindow } from './window.ts'

/** What the second process says; it may be of another version. */
const handover = v.object({ paths: v.pipe(v.array(v.string()), v.maxLength(1000)) })

/** Gives false when another process has the window and this one must end. */
export function setupSingleInstance(arrivals: Arrivals): boolean {
  const paths = ownPaths()
  if (!app.requestSingleInstanceLock({ paths })) return false
  arrivals.add(paths)
  app.on('second-instance', (_event, _args, _workingFolder, data) => {
    showWindow()
    const said = v.safeParse(handover, data)
    if (said.success) arrivals.add(said.output.paths)
  })
  return true
}
