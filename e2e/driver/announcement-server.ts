/** Where new versions are announced, in tests: a server on this machine that remembers who asked for what. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export class AnnouncementServer {
  readonly asked: IncomingMessage[] = []
  /** What it does with a question. */
  answer: (response: ServerResponse) => void = (response) => void response.end()
  readonly #server = createServer((request, response) => {
    this.asked.push(request)
    this.answer(response)
  })

  static async start(): Promise<AnnouncementServer> {
    const server = new AnnouncementServer()
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve))
    return server
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  get url(): string {
    return `${this.origin}/newest.json`
  }

  get page(): string {
    return `${this.origin}/download`
  }

  announce(version: string): void {
    this.answer = (response) => void response.end(JSON.stringify({ version, page: this.page }))
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}
