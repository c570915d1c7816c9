/** Combinations of file systems that one image can have. */
import { type CreateOptions, type FileSystemKind, isoLevels, udfRevisionNames } from '../../../shared/image-project.ts'

export type Combination = Pick<CreateOptions, 'fileSystems' | 'isoLevel' | 'udfRevision' | 'jolietUnits'>

export const usualCombination = { isoLevel: 3, udfRevision: '1.02', jolietUnits: 64 } as const
const bases: readonly (readonly FileSystemKind[])[] = [
  ['iso9660'],
  ['iso9660', 'joliet'],
  ['iso9660', 'rockridge'],
  ['iso9660', 'joliet', 'rockridge'],
]

/** Every one of file systems, levels and revisions that there is reason to tell apart. */
export function* allCombinations(): Generator<Combination> {
  for (const udfRevision of udfRevisionNames) yield { ...usualCombination, fileSystems: ['udf'], udfRevision }
  for (const isoLevel of isoLevels) {
    // Levels 2 and 4 say something of names alone, which do not depend on Joliet or UDF.
    const jolietUnits = isoLevel === 4 ? 103 : 64
    for (const fileSystems of bases) {
      yield { ...usualCombination, fileSystems, isoLevel, jolietUnits }
      for (const udfRevision of isoLevel === 3 ? udfRevisionNames : (['1.02', '2.50'] as const))
        yield { fileSystems: [...fileSystems, 'udf'], isoLevel, udfRevision, jolietUnits }
    }
  }
}

export const titleOf = ({ fileSystems, isoLevel, udfRevision, jolietUnits }: Combination): string =>
  fileSystems
    .map(
      (kind) =>
        ({ iso9660: `ISO 9660 level ${isoLevel}`, joliet: `Joliet ${jolietUnits}`, rockridge: 'Rock Ridge', udf: `UDF ${udfRevision}` })[
          kind
        ],
    )
    .join(', ')
