import { Check } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { Checkbox, Label, Radio, RadioGroup } from 'react-aria-components'
import css from './Choices.module.css'

export interface Choice<K extends string> {
  readonly key: K
  readonly title: string
  readonly detail?: ReactNode
}

interface RadioCardsProps<K extends string> {
  readonly label: string
  readonly choices: readonly Choice<K>[]
  /** Null when none of them is what is set. */
  readonly value: K | null
  readonly onChange: (key: K) => void
  readonly inRow?: boolean
  /** Shows only what the chosen one means; the others say it to screen readers. */
  readonly compact?: boolean
}

/** One of a few, each with a line on what it means. */
export function RadioCards<K extends string>({ label, choices, value, onChange, inRow = false, compact = false }: RadioCardsProps<K>) {
  return (
    <RadioGroup className={css.group} value={value} onChange={(key) => onChange(key as K)}>
      <Label className={css.label}>{label}</Label>
      <div className={inRow ? css.row : compact ? `${css.cards} ${css.compact}` : css.cards}>
        {choices.map(({ key, title, detail }) => (
          <Radio key={key} value={key} className={css.card}>
            <span className={css.dot} />
            <span className={css.title}>{title}</span>
            {detail && <span className={css.detail}>{detail}</span>}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  )
}

interface CheckProps {
  readonly title: string
  readonly detail?: string | undefined
  readonly isSelected: boolean
  readonly onChange?: (isSelected: boolean) => void
  readonly isDisabled?: boolean
}

export function CheckLine({ title, detail, ...props }: CheckProps) {
  const detailId = useId()
  return (
    <div>
      <Checkbox {...props} className={css.check} aria-describedby={detail === undefined ? undefined : detailId}>
        <span className={css.box}>
          <Check size={12} strokeWidth={3.5} aria-hidden />
        </span>
        <span>{title}</span>
      </Checkbox>
      {detail && (
        <p id={detailId} className={css.detail} style={{ marginInlineStart: 24 }}>
          {detail}
        </p>
      )}
    </div>
  )
}
