import { Problem } from '../../shared/problem.ts'

/** Something that can't happen unless the program is wrong: never to be thrown for what a file says. */
export class InternalProblem extends Problem {
  constructor(technical: string) {
    super({
      kind: 'bug',
      code: 'internal',
      message: 'Isomer ran into a fault of its own and stopped.',
      kept: 'Nothing was written.',
      advice: 'Please report it with the technical line.',
      technical,
    })
  }
}
