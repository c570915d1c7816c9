/** What programs in a folder are linked with, held against what a package says that it needs. */
import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/** Every system that has rpm packages has these. */
const ALWAYS_THERE = /^(?:lib(?:c|m|dl|rt|pthread|gcc_s)|ld-linux-[\w-]+)\.so/
/** By name only: an older system's objdump would not know what else to say of the rest. */
const BINARY = /^(?:isomer-app|chrome[\w-]*|lib.*\.so(?:\.\d+)*)$/

function linkedWith(file) {
  const said = execFileSync('objdump', ['-p', file], { encoding: 'utf8' })
  return [...said.matchAll(/^\s+NEEDED\s+(\S+)$/gm)].map(([, name]) => name)
}

/** Libraries that binaries in the folder need and that neither lie there nor are required by name. */
export function unnamedLibraries(folder, requires) {
  const own = readdirSync(folder)
  const binaries = own.filter((name) => BINARY.test(name) && !name.endsWith('.pak'))
  const needed = new Set(binaries.flatMap((name) => linkedWith(join(folder, name))))
  const named = new Set(requires.map((line) => line.replace(/\(.*$/, '').trim()))
  return [...needed].filter((name) => !own.includes(name) && !ALWAYS_THERE.test(name) && !named.has(name)).sort()
}
