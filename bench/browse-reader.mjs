/** The process that looks at an image for the window, asked as the window asks it. */
import { fork } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'

/** What the window gives it (app/state/services.ts). */
const HEAP_MIB = 512

export class BrowseReader {
  #child
  #lastId = 0
  #open = new Map()
  #news = new Map()
  /** Listings that were told to be whole before somebody waited for that. */
  #early = new Map()

  constructor(file) {
    this.#child = fork(file, [], { stdio: 'inherit', serialization: 'advanced', execArgv: [`--max-old-space-size=${HEAP_MIB}`] })
    this.#child.on('message', (message) => this.#hear(message))
    this.#child.once('exit', () => {
      for (const { reject } of this.#open.values()) reject(new Error('The process ended.'))
    })
  }

  call(call, argument) {
    return new Promise((resolve, reject) => {
      const id = ++this.#lastId
      this.#open.set(id, { resolve, reject })
      this.#child.send({ id, call, argument })
    })
  }

  /** A listing when all of it is there. */
  async listed(call, argument) {
    const listing = await this.call(call, argument)
    if (listing.isComplete) return listing
    const early = this.#early.get(listing.listingId)
    if (early !== undefined) return early
    return new Promise((resolve, reject) => this.#news.set(listing.listingId, { resolve, reject }))
  }

  /** Time that its threads spent on a processor so far, which other work on the machine hardly changes; null where the system doesn't tell. */
  processorMs() {
    const folder = `/proc/${this.#child.pid}/task`
    if (!existsSync(folder)) return null
    const threads = readdirSync(folder).map((thread) => Number(readFileSync(`${folder}/${thread}/schedstat`, 'latin1').split(' ')[0]))
    return threads.reduce((sum, ns) => sum + ns, 0) / 1e6
  }

  /** Null where the system doesn't tell. */
  peakMemoryMib() {
    const path = `/proc/${this.#child.pid}/status`
    const kib = existsSync(path) ? /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(path, 'latin1'))?.[1] : undefined
    return kib === undefined ? null : Number(kib) / 1024
  }

  stop() {
    this.#child.kill('SIGKILL')
  }

  #hear(message) {
    if (message.type === 'listing') {
      const { listingId, isComplete, problem } = message.news
      const waiting = this.#news.get(listingId)
      if (problem !== null) waiting?.reject(new Error(problem.message))
      else if (isComplete && waiting !== undefined) waiting.resolve(message.news)
      else if (isComplete) this.#early.set(listingId, message.news)
      return
    }
    const asked = this.#open.get(message.id)
    this.#open.delete(message.id)
    if (message.type === 'answer') asked?.resolve(message.value)
    else if (message.type === 'problem') asked?.reject(new Error(message.problem.message))
  }
}
