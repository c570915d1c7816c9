import { join } from 'node:path'
import { utilityProcess } from 'electron'
import { EngineClient, type EnginePort } from '../main/engine-client.ts'

/** Runs the engine in a utilityProcess; starts it lazily and again if it died. */
export class EngineHost {
  private client: EngineClient | undefined

  get(): EngineClient {
    if (this.client) return this.client
    const child = utilityProcess.fork(join(import.meta.dirname, '../main/engine-process.js'), [], {
      serviceName: 'isomer-engine',
      stdio: 'inherit',
    })
    const port: EnginePort = {
      post: (m) => child.postMessage(m),
      onMessage: (l) => child.on('message', l),
      onExit: (l) => child.on('exit', l),
      kill: () => void child.kill(),
    }
    child.on('exit', () => {
      this.client = undefined
    })
    this.client = new EngineClient(port)
    return this.client
  }

  stop(): void {
    this.client?.stop()
  }
}
