/** Path components (ECMA-167 4/14.16): the content of a symbolic link. */
import { u8, u16le } from '../bytes/field-types.ts'
import { structure } from '../bytes/structure.ts'
import { compressedBytes, decodeCompressed, encodeCompressed } from './compressed-unicode.ts'

/** Up to its identifier, which follows. */
export const PathComponent = structure('Path Component', 'ECMA-167 4/14.16', {
  type: u8, // 4/14.16.1
  identifierLengthBytes: u8, // 4/14.16.2
  fileVersionNumber: u16le, // 4/14.16.3
})

/** Component types (ECMA-167 4/14.16.1.1): 1 and 2 both are a root. */
export const componentTypes = { agreedRoot: 1, root: 2, parent: 3, current: 4, name: 5 } as const

const MAX_IDENTIFIER_BYTES = 255

/** The components of a POSIX target such as `../lib/x`; null when a part of it is too long to be recorded. */
export function encodeLinkTarget(target: string): Uint8Array | null {
  const parts = target.split('/').filter((part) => part !== '')
  const components: Uint8Array[] = target.startsWith('/') ? [component(componentTypes.root, '')] : []
  for (const part of parts) {
    if (compressedBytes(part) > MAX_IDENTIFIER_BYTES) return null
    if (part === '.') components.push(component(componentTypes.current, ''))
    else if (part === '..') components.push(component(componentTypes.parent, ''))
    else components.push(component(componentTypes.name, part))
  }
  return Buffer.concat(components)
}

function component(type: number, name: string): Uint8Array {
  const identifier = encodeCompressed(name)
  const bytes = new Uint8Array(PathComponent.sizeBytes + identifier.length)
  PathComponent.serialise({ type, identifierLengthBytes: identifier.length, fileVersionNumber: 0 }, bytes)
  bytes.set(identifier, PathComponent.sizeBytes)
  return bytes
}

/** The POSIX target; null when the components are damaged or none. */
export function decodeLinkTarget(bytes: Uint8Array): string | null {
  let root = ''
  const parts: string[] = []
  let at = 0
  while (at + PathComponent.sizeBytes <= bytes.length) {
    const { type, identifierLengthBytes } = PathComponent.parse(bytes, at)
    const start = at + PathComponent.sizeBytes
    at = start + identifierLengthBytes
    if (at > bytes.length) return null
    switch (type) {
      case componentTypes.agreedRoot:
      case componentTypes.root:
        root = '/'
        parts.length = 0
        break
      case componentTypes.parent:
        parts.push('..')
        break
      case componentTypes.current:
        parts.push('.')
        break
      case componentTypes.name: {
        const name = decodeCompressed(bytes, start, at)
        if (name === null || name === '' || /[/\0]/.test(name)) return null
        parts.push(name)
        break
      }
      default:
        return null
    }
  }
  const target = root + parts.join('/')
  return target === '' ? null : target
}
