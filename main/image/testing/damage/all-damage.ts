/** Every kind of damage that the readers are held to. */
import { bootDamage } from './boot-damage.ts'
import { bridgeDamage } from './bridge-damage.ts'
import { contentDamage } from './content-damage.ts'
import type { Damage } from './damage.ts'
import { descriptorDamage } from './descriptor-damage.ts'
import { directoryDamage } from './directory-damage.ts'
import { jolietDamage } from './joliet-damage.ts'
import { rockRidgeDamage } from './rock-ridge-damage.ts'
import { udfDamage } from './udf-damage.ts'

export const allDamage: Readonly<Record<string, readonly Damage[]>> = {
  'volume descriptors': descriptorDamage,
  'directories and path tables': directoryDamage,
  'Rock Ridge': rockRidgeDamage,
  Joliet: jolietDamage,
  'boot equipment': bootDamage,
  UDF: udfDamage,
  'ISO 9660 and UDF at once': bridgeDamage,
  contents: contentDamage,
}
