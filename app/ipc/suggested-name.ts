/** Names of image files, for save dialogs. */
export const IMAGE_EXTENSION = '.iso'
/** ‘Debian 12.5’ has a dot but no extension of an image. */
const IMAGE_NAME = /\.(iso|img)$/i

/** A file name from a label: what no host can have in a name becomes a space. */
export function suggestedName(label: string, extension: string = IMAGE_EXTENSION): string {
  const name = [...label].map((char) => (/[\p{Cc}<>:"/\\|?*]/u.test(char) ? ' ' : char)).join('')
  const trimmed = name.replace(/\s+/g, ' ').replace(/^[\s.]+|[\s.]+$/g, '')
  return `${trimmed || 'Image'}${extension}`
}

/** What was typed, with the extension of an image where it has none. */
export const imagePathOf = (typed: string, extension: string = IMAGE_EXTENSION): string =>
  IMAGE_NAME.test(typed) || typed.toLowerCase().endsWith(extension) ? typed : typed + extension
