/** What the lab needs from the system: a machine, what makes a Debian root for it, and what fills its media. */
import { ensureDebianPackages, hasApt } from './debian-packages.mjs'

const packages = ['qemu-system-x86', 'qemu-block-extra', 'mmdebstrap', 'genext2fs', 'e2fsprogs', 'debian-archive-keyring', 'mtools']
/** For who is not root: a root of their own. */
const userPackages = ['uidmap']

export const canHaveLab = () => process.platform === 'linux' && process.arch === 'x64' && hasApt()

/** Makes sure that the tools are there, installing them as root; throws a plain sentence where the lab can't be built. */
export function ensureLabTools(say) {
  if (!canHaveLab()) throw new Error('The lab is built from Debian’s packages on an x86-64 Linux with apt, which this system is not.')
  ensureDebianPackages([...packages, ...(process.getuid() === 0 ? [] : userPackages)], 'The lab needs', say)
}
