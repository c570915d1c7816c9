/** What is said when a source can't be read, by cause. */
import { Problem } from '../../../shared/problem.ts'

/** A source that could not be read; carries its path so that it can be skipped. */
export class SourceProblem extends Problem {
  readonly hostPath: string

  constructor(code: string, hostPath: string, message: string, technical: string, advice: string) {
    super({ kind: 'io', code, message, kept: 'No image was written.', advice, technical })
    this.hostPath = hostPath
  }

  /** The reason alone, for the list of what was skipped. */
  get reason(): string {
    return this.report.message
  }
}

const SKIP_ADVICE = 'Mend it, take it out, or choose to skip what can’t be read.'

/** Turns a failed system call on a source into a plain sentence. */
export function sourceProblem(hostPath: string, thrown: unknown): SourceProblem {
  const error = thrown as NodeJS.ErrnoException
  const technical = error.message ?? String(thrown)
  switch (error.code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new SourceProblem('source-missing', hostPath, `‘${hostPath}’ is not there.`, technical, 'Check the path.')
    case 'EACCES':
    case 'EPERM':
      return new SourceProblem('source-forbidden', hostPath, `You have no permission to read ‘${hostPath}’.`, technical, SKIP_ADVICE)
    default:
      return new SourceProblem('source-unreadable', hostPath, `‘${hostPath}’ could not be read.`, technical, SKIP_ADVICE)
  }
}

/** The source is no longer what the plan was made from. */
export function sourceChanged(hostPath: string, technical: string): SourceProblem {
  return new SourceProblem(
    'source-changed',
    hostPath,
    `‘${hostPath}’ changed while it was being read.`,
    technical,
    'Close the program that writes to it and start again.',
  )
}

/** An image that is edited ends before the content of one of its files does. */
export function storedIncomplete(displayPath: string): Problem {
  return new Problem({
    kind: 'image',
    code: 'content-incomplete',
    message: `${displayPath} is incomplete: the image ends before it does.`,
    kept: 'No image was written.',
    advice: 'Get the image again, or take that file out.',
  })
}

export function sourceVanished(hostPath: string, thrown: unknown): SourceProblem {
  return new SourceProblem(
    'source-vanished',
    hostPath,
    `‘${hostPath}’ went away after the scan.`,
    (thrown as Error).message,
    'Bring it back, or take it out, and start again.',
  )
}
