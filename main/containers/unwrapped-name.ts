/** What a file is called without the ending of what it was packed with. */

/** `image.iso.gz` becomes `image.iso`; a name without such an ending stays. */
export function unwrappedName(name: string, endings: readonly string[]): string {
  const lower = name.toLowerCase()
  const ending = endings.find((candidate) => lower.endsWith(candidate) && lower.length > candidate.length)
  return ending === undefined ? name : name.slice(0, -ending.length)
}
