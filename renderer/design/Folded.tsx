import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button, Disclosure, DisclosurePanel, Heading } from 'react-aria-components'
import css from './Folded.module.css'

interface Props {
  readonly title: string
  /** A few words at the end of the line, seen while folded too. */
  readonly aside?: ReactNode
  readonly isExpanded?: boolean
  readonly onExpandedChange?: (isExpanded: boolean) => void
  /** Without the line above it. */
  readonly bare?: boolean
  readonly children: ReactNode
}

/** Content that is one click away. */
export function Folded({ title, aside, bare = false, children, ...props }: Props) {
  return (
    <Disclosure className={bare ? css.bare : css.folded} {...props}>
      <Heading level={3}>
        <Button slot="trigger" className={css.trigger}>
          <ChevronRight size={16} aria-hidden className={css.arrow} />
          {title}
          {aside !== undefined && <span className={css.aside}>{aside}</span>}
        </Button>
      </Heading>
      <DisclosurePanel className={css.panel}>{children}</DisclosurePanel>
    </Disclosure>
  )
}
