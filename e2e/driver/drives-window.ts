/** The place of drives, by the names that people know its parts by. */
import { expect, type Locator, type Page } from '@playwright/test'
import { answerOpenDialog, answerSaveDialog } from './dialogs.ts'
import type { IsomerWindow } from './isomer-window.ts'

export class DrivesWindow {
  readonly isomer: IsomerWindow
  readonly page: Page

  constructor(isomer: IsomerWindow) {
    this.isomer = isomer
    this.page = isomer.page
  }

  async go(): Promise<void> {
    await this.page.keyboard.press('Control+D')
    await expect(this.page.getByRole('heading', { name: 'Drives', level: 1 })).toBeVisible()
  }

  card(name: string): Locator {
    return this.page
      .getByRole('list', { name: 'Drives' })
      .getByRole('listitem')
      .filter({ has: this.page.getByRole('heading', { name }) })
  }

  async newVirtualDisc(path: string): Promise<void> {
    await answerSaveDialog(this.isomer.app, path)
    await this.page.getByRole('button', { name: 'New virtual disc…' }).click()
  }

  async useAsDisc(path: string): Promise<void> {
    await answerOpenDialog(this.isomer.app, [path])
    await this.page.getByRole('button', { name: 'Use a file as a disc…' }).click()
  }

  /** Opens the page that copies a disc, and chooses where to. */
  async prepareRip(discName: string, outPath: string): Promise<void> {
    await this.card(discName).getByRole('button', { name: 'Copy the disc' }).click()
    await answerSaveDialog(this.isomer.app, outPath)
    await this.page.getByRole('button', { name: 'Choose where…' }).click()
  }

  startRip(): Promise<void> {
    return this.page.getByRole('button', { name: /^Copy to / }).click()
  }
}
