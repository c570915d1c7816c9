import { visibleName } from './visible-name.ts'

/** A name from outside, kept from turning the direction of the words around it. */
export function Name({ children, className }: { children: string; className?: string | undefined }) {
  return <bdi className={className}>{visibleName(children)}</bdi>
}
