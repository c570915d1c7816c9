/** One case: which image, which changes, whether it is extracted. Everything follows from the seed and the case's number. */
import { oneOf, randomNumbers } from '../../../bytes/testing/random.ts'
import { type Mutation, mutationOf } from './mutation.ts'
import type { Patient } from './patient.ts'
import { soundPatients } from './patients.ts'

export interface FuzzCase {
  readonly patient: Patient
  readonly mutation: Mutation
  readonly extracts: boolean
}

const UNCHANGED: Mutation = { edits: [], mends: false, cutBytes: null }
/** Of so many cases one is extracted: it costs as much as all the rest. */
const CASES_FOR_EACH_EXTRACTION = 8
/** Apart enough that no two cases of any two runs share their numbers. */
const CASES_OF_A_SEED = 0x1000_0000

/** The first cases are the images as they are. */
export function fuzzCase(patients: readonly Patient[], seed: number, number: number): FuzzCase {
  const still = patients[number]
  if (still !== undefined) return { patient: still, mutation: UNCHANGED, extracts: true }
  const random = randomNumbers((seed * CASES_OF_A_SEED + number) % 0xffff_ffff)
  random(2)
  const patient = random(3) > 0 ? oneOf(soundPatients(patients), random) : oneOf(patients, random)
  const mutation = mutationOf(patient, random)
  return { patient, mutation, extracts: random(CASES_FOR_EACH_EXTRACTION) === 0 }
}
