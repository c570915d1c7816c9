import type { ReactNode } from 'react'
import { Button as AriaButton, type ButtonProps, Tooltip, TooltipTrigger } from 'react-aria-components'
import css from './Button.module.css'

export type ButtonLook = 'plain' | 'primary' | 'quiet'

interface Props extends Omit<ButtonProps, 'className' | 'children'> {
  readonly look?: ButtonLook
  readonly large?: boolean
  readonly className?: string | undefined
  readonly children: ReactNode
}

function classNames(look: ButtonLook, ...more: (string | false | undefined)[]): string {
  return [css.button, look !== 'plain' && css[look], ...more].filter(Boolean).join(' ')
}

export function Button({ look = 'plain', large = false, className, ...props }: Props) {
  return <AriaButton {...props} className={classNames(look, large && css.large, className)} />
}

interface IconButtonProps extends Omit<Props, 'aria-label' | 'large'> {
  /** Its name for screen readers, and its tooltip. */
  readonly label: string
  /** Such as `Ctrl+Z`; shown in the tooltip. */
  readonly shortcut?: string | undefined
}

/** A button that shows only a picture; its name is in the tooltip. */
export function IconButton({ label, shortcut, look = 'quiet', className, ...props }: IconButtonProps) {
  return (
    <TooltipTrigger delay={400} closeDelay={0}>
      <AriaButton {...props} aria-label={label} className={classNames(look, css.icon, className)} />
      <TipText shortcut={shortcut}>{label}</TipText>
    </TooltipTrigger>
  )
}

export function TipText({
  children,
  shortcut,
  placement = 'bottom',
}: {
  children: ReactNode
  shortcut?: string | undefined
  placement?: 'bottom' | 'end'
}) {
  return (
    <Tooltip className={css.tooltip} offset={6} placement={placement}>
      {children}
      {shortcut && <kbd>{shortcut}</kbd>}
    </Tooltip>
  )
}
