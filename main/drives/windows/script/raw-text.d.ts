/** Vite puts such files into the program as text. */
declare module '*?raw' {
  const text: string

  // biome-ignore lint/style/noDefaultExport: Vite's own form
  export { text as default }
}
