/** The process that looks at one image: whatever the image does to it, the window and the shell go on. */
import { problemReport } from '../../shared/problem.ts'
import type { FromBrowser, ToBrowser } from './browse-messages.ts'
import { Browsing } from './browsing.ts'
import { parentLine } from './process-port.ts'

const SIGN_OF_LIFE_MS = 1000

const line = parentLine()
const post = (message: FromBrowser) => line.post(message)
const browsing = new Browsing({
  listing: (news) => post({ type: 'listing', news }),
  expanding: (progress) => post({ type: 'expanding', progress }),
  preparing: (progress) => post({ type: 'preparing', progress }),
})
let openQuestions = 0

setInterval(() => {
  if (openQuestions > 0) post({ type: 'alive' })
}, SIGN_OF_LIFE_MS)

line.onMessage((raw) => {
  const { id, call, argument } = raw as ToBrowser
  openQuestions++
  browsing
    .answer(call, argument)
    .then(
      (value) => post({ type: 'answer', id, value }),
      (thrown: unknown) => post({ type: 'problem', id, problem: problemReport(thrown) }),
    )
    .finally(() => openQuestions--)
})
