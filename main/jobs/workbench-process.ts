/** The process that holds the image being arranged, and looks at images: the shell stays free whatever they cost. */
import { problemReport } from '../../shared/problem.ts'
import { parentLine } from './process-port.ts'
import { Workbench } from './workbench.ts'
import type { FromWorkbench, ToWorkbench } from './workbench-messages.ts'

const line = parentLine()
const post = (message: FromWorkbench) => line.post(message)
const workbench = new Workbench((items, current) => post({ type: 'scanning', items, current }))

line.onMessage((raw) => {
  const { id, call, argument } = raw as ToWorkbench
  workbench.answer(call, argument).then(
    (value) => post({ type: 'answer', id, value }),
    (thrown: unknown) => post({ type: 'problem', id, problem: problemReport(thrown) }),
  )
})
