/** Answers the system's dialogs, which no driver can click: from now on they give these paths. */
import type { ElectronApplication } from '@playwright/test'

export function answerSaveDialog(app: ElectronApplication, path: string): Promise<void> {
  return app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = (() => Promise.resolve({ canceled: false, filePath })) as typeof dialog.showSaveDialog
  }, path)
}

/** Presses the button of this name in message boxes. */
export function answerMessageBox(app: ElectronApplication, button: string): Promise<void> {
  return app.evaluate(({ dialog }, name) => {
    dialog.showMessageBox = ((...args: unknown[]) => {
      const { buttons = [] } = args.at(-1) as { buttons?: string[] }
      return Promise.resolve({ response: buttons.indexOf(name), checkboxChecked: false })
    }) as typeof dialog.showMessageBox
  }, button)
}

export function answerOpenDialog(app: ElectronApplication, paths: readonly string[]): Promise<void> {
  return app.evaluate(
    ({ dialog }, filePaths) => {
      dialog.showOpenDialog = (() => Promise.resolve({ canceled: false, filePaths })) as typeof dialog.showOpenDialog
    },
    [...paths],
  )
}

/** Questions of the shell are answered with the button of this number from now on; gives a function that tells what was asked. */
export async function answerMessageBoxes(app: ElectronApplication, button: number): Promise<() => Promise<string[]>> {
  await app.evaluate(({ dialog }, response) => {
    const asked: string[] = []
    Object.assign(globalThis, { askedByShell: asked })
    dialog.showMessageBox = ((...args: unknown[]) => {
      const { message, detail } = args.at(-1) as { message: string; detail?: string }
      asked.push(`${message} ${detail ?? ''}`.trim())
      return Promise.resolve({ response, checkboxChecked: false })
    }) as typeof dialog.showMessageBox
  }, button)
  return () => app.evaluate(() => (globalThis as unknown as { askedByShell: string[] }).askedByShell)
}
