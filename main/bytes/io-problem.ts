/** Turns the operating system's errors into sentences. */
import { Problem } from '../../shared/problem.ts'

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'There is nothing of that name.',
  EACCES: 'You have no permission for it.',
  EPERM: 'The system does not allow it.',
  EISDIR: 'It is a folder.',
  ENOTDIR: 'A part of the path is not a folder.',
  EEXIST: 'Something of that name is there already.',
  ENOSPC: 'The disk is full.',
  EDQUOT: 'Your share of the disk is used up.',
  EROFS: 'The disk is read-only.',
  EFBIG: 'The disk cannot hold a file of that size.',
  EIO: 'The disk reported an error.',
  ENXIO: 'The device is gone.',
  ENODEV: 'The device is gone.',
  ENAMETOOLONG: 'The name is too long for this disk.',
  EMFILE: 'Too many files are open.',
  ELOOP: 'Its links lead in a circle.',
  EBUSY: 'Another program is using it.',
}

/** Wraps a failed file operation; `message` says what could not be done. A Problem stays as it is. */
export function ioProblem(error: unknown, message: string, kept?: string): Problem {
  if (error instanceof Problem) return error
  const { code, syscall } = error as NodeJS.ErrnoException
  if (code === undefined) throw error
  return new Problem(
    {
      kind: 'io',
      code: code.toLowerCase(),
      message: reasons[code] === undefined ? message : `${message} ${reasons[code]}`,
      kept,
      technical: `${code}${syscall ? ` in ${syscall}` : ''}`,
    },
    { cause: error },
  )
}
