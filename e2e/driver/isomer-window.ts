/** The window by the names that people (and screen readers) know its parts by. */
import { type ElectronApplication, expect, type Locator, type Page } from '@playwright/test'
import { answerSaveDialog } from './dialogs.ts'
import { dropOn } from './drop.ts'

export class IsomerWindow {
  readonly app: ElectronApplication
  readonly page: Page

  constructor(app: ElectronApplication, page: Page) {
    this.app = app
    this.page = page
  }

  get places(): Locator {
    return this.page.getByRole('navigation', { name: 'Places' })
  }

  get tree(): Locator {
    return this.page.getByRole('treegrid', { name: 'Files of the image' })
  }

  get makeButton(): Locator {
    return this.page.getByRole('button', { name: /^Make .*\.iso/ })
  }

  row(name: string): Locator {
    return this.tree.getByRole('row').filter({ has: this.page.getByText(name, { exact: true }) })
  }

  go(place: 'Home' | 'New image'): Promise<void> {
    return this.places.getByRole('button', { name: place, exact: true }).click()
  }

  /** Drops on the whole window, wherever it is. */
  drop(...paths: string[]): Promise<void> {
    return dropOn(this.page, this.page.getByRole('main'), paths)
  }

  /** Makes the staged image at this place. */
  async make(outPath: string): Promise<void> {
    await answerSaveDialog(this.app, outPath)
    await expect(this.makeButton).toBeEnabled()
    await this.makeButton.click()
  }

  /** The job at work or ended, as main knows it. */
  async jobs() {
    const reply = await this.page.evaluate(() => window.isomer.jobs.list())
    if (!reply.ok) throw new Error(reply.problem.message)
    return reply.value
  }

  /** Waits until the latest job has ended, and gives it. */
  async lastJobEnded() {
    await expect.poll(async () => (await this.jobs()).at(-1)?.endedAtMs ?? null, { timeout: 120_000 }).not.toBeNull()
    const job = (await this.jobs()).at(-1)
    if (!job) throw new Error('there is no job')
    return job
  }

  /** Waits until the job that is at work has written some of the image: from 0 to 1. */
  written(fraction: number): Promise<void> {
    return this.page.evaluate(
      (wanted) =>
        new Promise<void>((resolve, reject) => {
          const stop = window.isomer.jobs.onChanged(({ endedAtMs, progress, state, problem }) => {
            const isThere = progress?.phase === 'write' && progress.doneBytes >= (progress.totalBytes ?? Number.POSITIVE_INFINITY) * wanted
            if (!isThere && endedAtMs === null) return
            stop()
            if (endedAtMs === null) resolve()
            else reject(new Error(`the job ended too early: ${state} ${problem?.message ?? ''}`))
          })
        }),
      fraction,
    )
  }

  /** The process id of the running job. */
  async jobProcessId(): Promise<number> {
    const metrics = await this.app.evaluate(({ app }) => app.getAppMetrics().map(({ name, pid }) => ({ name, pid })))
    const job = metrics.find(({ name }) => name === 'Isomer job')
    if (!job) throw new Error('no job runs')
    return job.pid
  }
}
