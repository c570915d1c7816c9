/** Endings of files that hold images, for dialogs and for telling an image from any other file before it is opened. */

/** Of images and of what describes them. */
export const IMAGE_EXTENSIONS = [
  'iso',
  'img',
  'udf',
  'bin',
  'cue',
  'nrg',
  'mdf',
  'mds',
  'ccd',
  'cdi',
  'toc',
  'gdi',
  'ecm',
  'chd',
  'cso',
  'zso',
  'dax',
  'dmg',
] as const
/** Of what any file may be packed with. */
export const PACKED_EXTENSIONS = ['gz', 'xz', 'bz2', 'zst', 'zip'] as const

/** These two are called so by others as well: what is in them tells. */
const AMBIGUOUS = ['bin', 'toc']
const CERTAIN = IMAGE_EXTENSIONS.filter((extension) => !AMBIGUOUS.includes(extension))
const IMAGE_NAME = new RegExp(`\\.(?:${CERTAIN.join('|')})(?:\\.(?:${PACKED_EXTENSIONS.join('|')}))?$`, 'i')

/** Whether a file of this name is meant as an image, be it packed: `photos.iso.xz`, but not `photos.xz`. */
export const isImageName = (name: string): boolean => IMAGE_NAME.test(name)
