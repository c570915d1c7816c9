import { X } from 'lucide-react'
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { IconButton } from '../../../design/Button.tsx'
import { Name } from '../../../design/Name.tsx'
import { useSession, useSessionState } from '../../../stores/browse-current.ts'
import { formatSize } from '../../../words/amounts.ts'
import { say } from '../../../words/say.ts'
import { EntryPicture } from '../EntryPicture.tsx'
import { kindWords } from '../entry-words.ts'
import css from './LookSheet.module.css'
import { PreviewContent } from './PreviewContent.tsx'

/** A file looked at large. */
export function LookSheet() {
  const session = useSession()
  const row = useSessionState((state) => state.lookedAt)
  return (
    <ModalOverlay className={css.veil} isOpen={row !== null} isDismissable onOpenChange={(isOpen) => !isOpen && session.lookAt(null)}>
      <Modal className={css.modal}>
        <Dialog className={css.sheet}>
          {row && (
            <>
              <div className={css.head}>
                <EntryPicture row={row} sizePx={20} />
                <Heading slot="title" level={2} className={css.title}>
                  <Name>{row.name}</Name>
                </Heading>
                <span className={css.kind}>
                  {kindWords(row)} · {formatSize(row.sizeBytes)}
                </span>
                <IconButton label={say('common.close')} shortcut={say('common.key.escape')} onPress={() => session.lookAt(null)}>
                  <X size={18} aria-hidden />
                </IconButton>
              </div>
              <div className={css.content}>
                <PreviewContent row={row} />
              </div>
            </>
          )}
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
