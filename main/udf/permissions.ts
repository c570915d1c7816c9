/** File permissions (ECMA-167 4/14.9.5; UDF 2.3.6.1) and ICB flags as a POSIX mode. */
import { icbFlags } from './information-control-block.ts'

/** Each class has execute, write, read, change attributes, delete from its lowest bit on; others first, then group, then owner. */
const CLASS_BITS = 5
const CHANGE_ATTRIBUTES = 8
const DELETE = 16
const OWNER = 2

/** Permission and special bits of a mode. */
export function modeBitsOf(permissions: number, flags: number): number {
  let mode = 0
  for (let i = 0; i < 3; i++) mode += ((permissions >>> (i * CLASS_BITS)) & 7) << (i * 3)
  return mode + (flags & icbFlags.setUid ? 0o4000 : 0) + (flags & icbFlags.setGid ? 0o2000 : 0) + (flags & icbFlags.sticky ? 0o1000 : 0)
}

/** The owner may also change attributes, and whoever may write may delete. */
export function permissionsOf(mode: number): number {
  let permissions = 0
  for (let i = 0; i < 3; i++) {
    const bits = (mode >>> (i * 3)) & 7
    permissions += (bits + (bits & 2 ? DELETE : 0) + (i === OWNER ? CHANGE_ATTRIBUTES : 0)) << (i * CLASS_BITS)
  }
  return permissions
}

export function icbFlagsOf(mode: number): number {
  return (mode & 0o4000 ? icbFlags.setUid : 0) + (mode & 0o2000 ? icbFlags.setGid : 0) + (mode & 0o1000 ? icbFlags.sticky : 0)
}
