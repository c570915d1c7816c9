/** Pictures that the bundler puts into the program as data: addresses. */
declare module '*.png?inline' {
  const address: string
  // biome-ignore lint/style/noDefaultExport: the bundler gives no other
  export default address
}
