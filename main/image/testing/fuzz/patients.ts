/** The images that mutations start from: samples of every kind, and images that are damaged already. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { allDamage } from '../damage/all-damage.ts'
import { sampleImages } from '../sample-images.ts'
import { containerSamples } from './container-samples.ts'
import { Patient } from './patient.ts'

/** Larger ones cost more time than they bring. */
const MAX_IMAGE_BYTES = 2 * 1024 * 1024
const LEAST_IMAGE_BYTES = 40 * 1024

/** What the names of those in containers begin with. */
const CONTAINER = 'container: '

/** Sound images first, those in containers last. Their files lie in `folder`. */
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
  for (const sample of containerSamples(emptyFolder(folder, 'samples'))) {
    const place = emptyFolder(folder, `container-${patients.length}`)
    for (const [name, bytes] of Object.entries(sample.files)) writeFileSync(join(place, name), bytes)
    const [opened] = Object.keys(sample.files) as [string]
    const changed = sample.changed ?? opened
    patients.push(
      new Patient(`${CONTAINER}${sample.name}`, join(place, changed), sample.files[changed] as Buffer, join(place, opened), sample),
    )
  }
  return patients
}

function emptyFolder(folder: string, name: string): string {
  mkdirSync(join(folder, name))
  return join(folder, name)
}

export const containerPatients = (patients: readonly Patient[]): readonly Patient[] =>
  patients.filter(({ container }) => container !== null)
export const soundPatients = (patients: readonly Patient[]): readonly Patient[] => patients.slice(0, sampleImages.length)

const fileIn = (folder: string, number: number): string => join(folder, `${number}.iso`)
