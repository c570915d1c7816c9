import { visibleName } from './visible-name.ts'

/** Where something lies: read from left to right in every language. */
export function Path({ children, className }: { children: string; className?: string | undefined }) {
  return (
    <bdi dir="ltr" className={className}>
      {visibleName(children)}
    </bdi>
  )
}
