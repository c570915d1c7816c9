import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button, Disclosure, DisclosurePanel, Heading } from 'react-aria-components'
import css from './Folded.module.css'

interface Props {
  readonly title: string
  /** Its place among the headings of the page; without one it is none. */
  readonly headingLevel?: 2 | 3
  readonly isExpanded?: boolean
  readonly onExpandedChange?: (isExpanded: boolean) => void
  /** Without the line above it. */
  readonly bare?: boolean
  readonly children: ReactNode
}

/** Content that is one click away. */
export function Folded({ title, headingLevel, bare = false, children, ...props }: Props) {
  const trigger = (
    <Button slot="trigger" className={css.trigger}>
      <ChevronRight size={16} aria-hidden className={`pointing ${css.arrow}`} />
      {title}
    </Button>
  )
  return (
    <Disclosure className={bare ? css.bare : css.folded} {...props}>
      {headingLevel === undefined ? trigger : <Heading level={headingLevel}>{trigger}</Heading>}
      <DisclosurePanel className={css.panel}>{children}</DisclosurePanel>
    </Disclosure>
  )
}
