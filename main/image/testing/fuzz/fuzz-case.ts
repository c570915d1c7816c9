/** One case: which image, which changes, whether it is extracted. Everything follows from the seed and the case's number. */
import { oneOf, type RandomNumbers, randomNumbers } from '../../../bytes/testing/random.ts'
import { containerMutationOf } from './container-mutation.ts'
import { type Mutation, mutationOf } from './mutation.ts'
import type { Patient } from './patient.ts'
import { containerPatients, soundPatients } from './patients.ts'
import { type WorkName, works } from './work.ts'

export interface FuzzCase {
  readonly patient: Patient
  readonly mutation: Mutation
  /** Besides looking at the image. */
  readonly further: readonly WorkName[]
}

const QUICK: readonly WorkName[] = ['extract', 'browse', 'compare', 'convert']
const ALL = Object.keys(works) as WorkName[]
const UNCHANGED: Mutation = { edits: [], mends: false, cutBytes: null }
const CASES_FOR_ONE_UNCHANGED = 4
/** How often further work is done in so many cases: it costs as much as all the rest. */
const TURNS: Readonly<Record<WorkName, number>> = { extract: 24, browse: 8, compare: 8, convert: 8, edit: 2, append: 2, verify: 1 }
const CASES_OF_A_TURN = 256
const IN_TURN = ALL.flatMap((name) => Array.from({ length: TURNS[name] }, () => name))
/** Apart enough that no two cases of any two runs share their numbers. */
const CASES_OF_A_SEED = 0x1000_0000

/** Of the first cases every fourth is an image as it is. */
export function fuzzCase(everybody: readonly Patient[], seed: number, number: number, only: string | null = null): FuzzCase {
  const patients = only === null ? everybody : everybody.filter(({ name }) => name.startsWith(only))
  const still = patients[number / CASES_FOR_ONE_UNCHANGED]
  if (still !== undefined) return { patient: still, mutation: UNCHANGED, further: soundPatients(patients).includes(still) ? ALL : QUICK }
  const random = randomNumbers((seed * CASES_OF_A_SEED + number) % 0xffff_ffff)
  random(2)
  const patient = patientFor(patients, only, random)
  const { container } = patient
  const mutation =
    container === null
      ? mutationOf(patient, random)
      : containerMutationOf({ image: patient.image, places: [], endsAreTelling: container.endsAreTelling === true }, random)
  const turn = IN_TURN[random(CASES_OF_A_TURN)]
  return { patient, mutation, further: turn === undefined ? [] : [turn] }
}

/** Sound images and containers more often than images that are damaged already. */
function patientFor(patients: readonly Patient[], only: string | null, random: RandomNumbers): Patient {
  const among = random(4)
  if (only !== null || among === 0) return oneOf(patients, random)
  return oneOf(among === 1 ? containerPatients(patients) : soundPatients(patients), random)
}
