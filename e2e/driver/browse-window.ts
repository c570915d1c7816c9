/** An opened image in the window, by the names that people know its parts by. */
import { expect, type Locator, type Page } from '@playwright/test'
import { answerOpenDialog, answerSaveDialog } from './dialogs.ts'
import type { IsomerWindow } from './isomer-window.ts'

export class BrowseWindow {
  readonly isomer: IsomerWindow
  readonly page: Page

  constructor(isomer: IsomerWindow) {
    this.isomer = isomer
    this.page = isomer.page
  }

  /** Opens an image by the menu's shortcut and the system's dialog. */
  async open(imagePath: string): Promise<void> {
    await answerOpenDialog(this.isomer.app, [imagePath])
    await this.page.keyboard.press('Control+O')
    await expect(this.list).toBeVisible()
  }

  /** The entries of the folder that is shown, or what was found. */
  get list(): Locator {
    return this.page.getByRole('grid')
  }

  row(name: string): Locator {
    return this.list.getByRole('row').filter({ has: this.page.getByText(name, { exact: true }) })
  }

  /** Names in the order in which they are shown; of a long list, only those in sight. */
  names(): Promise<string[]> {
    return this.list.locator('[role=row][aria-selected] [role=gridcell]:first-child bdi:first-of-type').allTextContents()
  }

  get preview(): Locator {
    return this.page.getByRole('complementary', { name: 'Preview' })
  }

  get searchField(): Locator {
    return this.page.getByRole('searchbox', { name: 'Search the whole image' })
  }

  get folder(): Locator {
    return this.page.getByRole('navigation', { name: 'Folder', exact: true })
  }

  async search(text: string): Promise<void> {
    await this.searchField.fill(text)
    await expect(this.page.getByRole('region', { name: 'What was found' })).toBeVisible()
  }

  showTab(name: 'Files' | 'Facts' | 'Boot' | 'Sector map' | 'Findings'): Promise<void> {
    return this.page.getByRole('tab', { name }).click()
  }

  async chooseTree(name: string): Promise<void> {
    await this.page.getByRole('button', { name: /^Tree: / }).click()
    await this.page.getByRole('menuitemradio', { name }).click()
    await expect(this.page.getByRole('button', { name: `Tree: ${name}` })).toBeVisible()
  }

  /** From looking at the image to changing it. */
  async edit(): Promise<void> {
    await this.page.getByRole('button', { name: /^Edit / }).click()
    await expect(this.changes).toBeVisible()
  }

  /** The column with what was changed and what saving comes to. */
  get changes(): Locator {
    return this.page.getByRole('complementary', { name: 'Changes' })
  }

  get saveButton(): Locator {
    return this.changes.getByRole('button', { name: /^(Save|Add session)/ })
  }

  /** Saves the changes to this place and waits until they are. */
  async saveAs(outPath: string): Promise<void> {
    await answerSaveDialog(this.isomer.app, outPath)
    await expect(this.saveButton).toBeEnabled()
    await this.saveButton.click()
    await expect(this.changes.getByText('Saved')).toBeVisible({ timeout: 60_000 })
  }
}
