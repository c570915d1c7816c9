import { FieldError, Input, Label, Text, TextArea, TextField } from 'react-aria-components'
import css from './Field.module.css'

interface Props {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly onBlur?: () => void
  readonly hint?: string | undefined
  /** One sentence saying what is wrong; the field counts as invalid while there is one. */
  readonly wrong?: string | undefined
  readonly placeholder?: string | undefined
  /** Several lines instead of one. */
  readonly rows?: number | undefined
  readonly fixedWidth?: boolean | undefined
}

export function Field({ label, value, onChange, onBlur, hint, wrong, placeholder, rows, fixedWidth = false }: Props) {
  const direction = fixedWidth ? 'ltr' : undefined
  const className = fixedWidth ? `${css.input} ${css.fixed}` : css.input
  return (
    <TextField
      className={css.field}
      value={value}
      onChange={onChange}
      onBlur={onBlur}
      isInvalid={wrong !== undefined}
      validationBehavior="aria"
    >
      <Label className={css.label}>{label}</Label>
      {rows === undefined ? (
        <Input className={className} dir={direction} placeholder={placeholder} autoComplete="off" spellCheck="false" />
      ) : (
        <TextArea className={className} dir={direction} placeholder={placeholder} rows={rows} spellCheck="false" />
      )}
      {wrong === undefined ? (
        hint !== undefined && (
          <Text slot="description" className={css.hint}>
            {hint}
          </Text>
        )
      ) : (
        <FieldError className={css.wrong}>{wrong}</FieldError>
      )}
    </TextField>
  )
}
