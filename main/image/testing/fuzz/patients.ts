/** The images that mutations start from: samples of every kind, and images that are damaged already. */
import { join } from 'node:path'
import { allDamage } from '../damage/all-damage.ts'
import { sampleImages } from '../sample-images.ts'
import { Patient } from './patient.ts'

/** Larger ones cost more time than they bring. */
const MAX_IMAGE_BYTES = 2 * 1024 * 1024
const LEAST_IMAGE_BYTES = 40 * 1024

/** Sound images first. Their files lie in `folder`. */
export async function admitPatients(folder: string): Promise<Patient[]> {
  const patients: Patient[] = []
  for (const { name, build } of sampleImages) patients.push(new Patient(name, fileIn(folder, patients.length), await build()))
  for (const [room, damages] of Object.entries(allDamage)) {
    for (const { name, build } of damages) {
      const image = await build()
      if (!(image instanceof Uint8Array) || image.length > MAX_IMAGE_BYTES || image.length < LEAST_IMAGE_BYTES) continue
      patients.push(new Patient(`${room}: ${name}`, fileIn(folder, patients.length), Buffer.from(image)))
    }
  }
  return patients
}

export const soundPatients = (patients: readonly Patient[]): readonly Patient[] => patients.slice(0, sampleImages.length)

const fileIn = (folder: string, number: number): string => join(folder, `${number}.iso`)
