/** A screen judged and pictured: in every size by axe, and with ISOMER_SCREENSHOTS=1 into docs/screenshots (made small with pngquant where it is installed). */
import { execFileSync } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { ElectronApplication, Page } from '@playwright/test'
import { expect } from '../fixtures.ts'
import { projectRoot } from './launch.ts'

export const pictureFolder = join(projectRoot, 'docs/screenshots')
const sizes = [
  { width: 1280, height: 800 },
  { width: 900, height: 600 },
] as const

export const takesPictures = process.env['ISOMER_SCREENSHOTS'] === '1'
export const schemes = ['light', 'dark'] as const
export type Scheme = (typeof schemes)[number]

/** Draws the window light or dark from now on. */
export async function wear(app: ElectronApplication, page: Page, scheme: Scheme): Promise<void> {
  await app.evaluate(({ nativeTheme }, source) => {
    nativeTheme.themeSource = source
  }, scheme)
  await expect.poll(() => page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(scheme === 'dark')
}

export function makeSmall(path: string): void {
  try {
    execFileSync('pngquant', ['--force', '--skip-if-larger', '--ext', '.png', '--speed', '1', '256', path])
  } catch (error) {
    const { code, status } = error as { code?: string; status?: number }
    if (code !== 'ENOENT' && status !== 98 && status !== 99) throw error // not installed, or nothing to be gained
  }
}

export async function violations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`))
}

/** Judges and pictures what is shown, in every size. */
export async function look(app: ElectronApplication, page: Page, name: string, scheme: Scheme): Promise<void> {
  for (const { width, height } of sizes) {
    await app.evaluate(({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(...size), [width, height] as [
      number,
      number,
    ])
    await expect.poll(() => page.evaluate(() => [innerWidth, innerHeight])).toEqual([width, height])
    await page.mouse.move(width / 2, 4)
    await page.waitForTimeout(250) // what moves has come to rest
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name} fits`).toBe(true)
    expect(await violations(page), `${name}, ${scheme}, ${width}`).toEqual([])
    if (!takesPictures) continue
    const path = join(pictureFolder, `${name}-${scheme}-${width}.png`)
    await mkdir(pictureFolder, { recursive: true })
    await page.screenshot({ path })
    makeSmall(path)
  }
}
