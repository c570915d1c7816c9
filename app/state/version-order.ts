/** Which of two versions is the newer one, in the order of Semantic Versioning 2.0.0. */

const NUMBER = '(0|[1-9]\\d{0,8})'
const VERSION = new RegExp(`^${NUMBER}\\.${NUMBER}\\.${NUMBER}(-[0-9A-Za-z.-]+)?(?:\\+[0-9A-Za-z.-]+)?$`)

interface Version {
  readonly numbers: readonly number[]
  readonly isPreRelease: boolean
}

function parse(text: string): Version | null {
  const [, major, minor, patch, preRelease] = VERSION.exec(text) ?? []
  if (major === undefined) return null
  return { numbers: [major, minor, patch].map(Number), isPreRelease: preRelease !== undefined }
}

export const isVersion = (text: string): boolean => parse(text) !== null

/** Whether a version is to be offered to whoever has `own`: it comes later and is no pre-release. */
export function isNewer(text: string, own: string): boolean {
  const [version, has] = [parse(text), parse(own)]
  if (version === null || has === null || version.isPreRelease) return false
  for (const [at, number] of version.numbers.entries()) {
    const difference = number - (has.numbers[at] ?? 0)
    if (difference !== 0) return difference > 0
  }
  return has.isPreRelease
}
