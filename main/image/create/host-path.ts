/** Where a source entry lies on the host. Names that are not UTF-8 make the whole path bytes. */
import { sep } from 'node:path'
import type { SourceNode } from './source-tree.ts'

/** The host path to open, or null for a folder that exists only in the image. */
export function hostPathOf(node: SourceNode): string | Buffer | null {
  if (node.hostPath !== null) return node.hostPath
  if (node.parent === null) return null
  const parent = hostPathOf(node.parent)
  if (parent === null) return null
  return childHostPath(parent, node.extra?.nameBytes ?? node.name)
}

/** `parent/name`, as bytes as soon as one of them is. */
export function childHostPath(parent: string | Buffer, name: string | Buffer): string | Buffer {
  if (typeof parent === 'string' && typeof name === 'string') return parent.endsWith(sep) ? parent + name : parent + sep + name
  return Buffer.concat([Buffer.from(parent), Buffer.from('/'), Buffer.from(name)])
}

/** For messages: bytes that are no UTF-8 show as replacement characters. */
export function displayHostPath(node: SourceNode): string {
  return hostPathOf(node)?.toString() ?? stagedPathOf(node)
}

/** The entry's path in the image to be: `/Photos/2019`. The root is `/`. */
export function stagedPathOf(node: SourceNode): string {
  if (node.parent === null) return '/'
  const parts: string[] = []
  for (let at: SourceNode | null = node; at !== null && at.parent !== null; at = at.parent) parts.push(at.name)
  return `/${parts.reverse().join('/')}`
}
