/** Where images may be written: places that somebody chose in the save dialog, each good for one job. */
import { randomUUID } from 'node:crypto'
import { Problem } from '../../shared/problem.ts'

export interface Target {
  readonly path: string
  /** Whether the dialog asked about replacing a file of this name. */
  readonly overwrite: boolean
}

export class TargetRegistry {
  private readonly targets = new Map<string, Target>()

  add(target: Target): string {
    const token = randomUUID()
    this.targets.set(token, target)
    return token
  }

  /** Gives the target and forgets it; throws a `usage` Problem when it was never chosen or is used up. */
  take(token: string): Target {
    const target = this.targets.get(token)
    if (!target)
      throw new Problem({
        kind: 'usage',
        code: 'unknown-target',
        message: 'There is no chosen place for this image any more.',
        advice: 'Choose again where to put it.',
      })
    this.targets.delete(token)
    return target
  }
}
