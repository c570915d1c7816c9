import { Search, X } from 'lucide-react'
import type { Ref } from 'react'
import { Button, Input, SearchField } from 'react-aria-components'
import { say } from '../words/say.ts'
import css from './SearchLine.module.css'

interface Props {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly inputRef?: Ref<HTMLInputElement>
}

/** Words to look for; Escape empties it. */
export function SearchLine({ label, value, onChange, inputRef }: Props) {
  return (
    <SearchField className={css.search} aria-label={label} value={value} onChange={onChange}>
      <Search size={16} aria-hidden className={css.glass} />
      <Input className={css.input} placeholder={label} {...(inputRef ? { ref: inputRef } : {})} autoComplete="off" spellCheck="false" />
      {value !== '' && (
        <Button className={css.clear} aria-label={say('common.empty-search')}>
          <X size={14} aria-hidden />
        </Button>
      )}
    </SearchField>
  )
}
