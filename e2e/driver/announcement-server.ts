/** Where new versions are announced, in tests: a server on this machine that remembers who asked for what. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createEncryptedServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'

/** A certificate that nobody vouches for. */
function ownCertificate(dir: string): { key: Buffer; cert: Buffer } {
  const [key, cert] = [join(dir, 'key.pem'), join(dir, 'cert.pem')]
  const made = ['-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1']
  execFileSync('openssl', ['req', ...made, '-keyout', key, '-out', cert], { stdio: 'ignore' })
  return { key: readFileSync(key), cert: readFileSync(cert) }
}

export class AnnouncementServer {
  readonly asked: IncomingMessage[] = []
  /** What it does with a question. */
  answer: (response: ServerResponse) => void = (response) => void response.end()
  readonly #scheme: 'http' | 'https'
  readonly #server: ReturnType<typeof createServer | typeof createEncryptedServer>

  private constructor(certificate: { key: Buffer; cert: Buffer } | null) {
    const hear = (request: IncomingMessage, response: ServerResponse) => {
      this.asked.push(request)
      this.answer(response)
    }
    this.#scheme = certificate === null ? 'http' : 'https'
    this.#server = certificate === null ? createServer(hear) : createEncryptedServer(certificate, hear)
  }

  static start(): Promise<AnnouncementServer> {
    return new AnnouncementServer(null).#listening()
  }

  /** With a certificate of its own making, for which a folder is needed. */
  static startEncrypted(dir: string): Promise<AnnouncementServer> {
    return new AnnouncementServer(ownCertificate(dir)).#listening()
  }

  async #listening(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    return this
  }

  get origin(): string {
    return `${this.#scheme}://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  get url(): string {
    return `${this.origin}/newest.json`
  }

  get page(): string {
    return `${this.origin}/download`
  }

  /** With all that a server may give to know again who asks. */
  announce(version: string): void {
    this.answer = (response) => {
      response.writeHead(200, { 'set-cookie': 'who=you; Max-Age=1000000', etag: '"you"', 'cache-control': 'private, max-age=1000000' })
      response.end(JSON.stringify({ version, page: this.page }))
    }
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}
