/** Questions to a process, each with its number, and the answers that come back in any order. */
import type { Problem } from '../../shared/problem.ts'
import type { ProcessPort } from './process-port.ts'

interface Question {
  readonly call: string
  readonly resolve: (value: unknown) => void
  readonly reject: (problem: Problem) => void
}

export class QuestionLine {
  readonly #open = new Map<number, Question>()
  #lastId = 0

  get openCount(): number {
    return this.#open.size
  }

  ask(port: ProcessPort, call: string, argument: unknown): Promise<unknown> {
    const id = ++this.#lastId
    return new Promise((resolve, reject) => {
      this.#open.set(id, { call, resolve, reject })
      port.post({ id, call, argument })
    })
  }

  answered(id: number, value: unknown): void {
    this.#close(id)?.resolve(value)
  }

  failed(id: number, problem: Problem): void {
    this.#close(id)?.reject(problem)
  }

  /** The process is gone: every question that is open fails. */
  ended(problemOf: (call: string) => Problem): void {
    for (const [id, { call }] of [...this.#open]) this.failed(id, problemOf(call))
  }

  #close(id: number): Question | undefined {
    const question = this.#open.get(id)
    this.#open.delete(id)
    return question
  }
}
