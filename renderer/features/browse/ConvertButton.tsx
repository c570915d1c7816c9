import { Replace } from 'lucide-react'
import { Button } from '../../design/Button.tsx'
import { useSession, useSessionState } from '../../stores/browse-current.ts'
import { say } from '../../words/say.ts'
import css from './ImageHeader.module.css'
import { useImageSheets } from './image-sheets.ts'

/** Opens the sheet that converts the image; as the main thing to do it keeps its word in small windows. */
export function ConvertButton({ look }: { look?: 'primary' }) {
  const { name } = useSession().image
  const isEnded = useSessionState((state) => state.isEnded)
  return (
    <Button
      {...(look ? { look } : { className: css.wordy })}
      isDisabled={isEnded}
      aria-label={say('browse.convert.image', { name })}
      onPress={() => useImageSheets.getState().convert(true)}
    >
      <Replace size={16} aria-hidden />
      <span>{say('browse.convert')}</span>
    </Button>
  )
}
