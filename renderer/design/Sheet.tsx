import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { say } from '../words/say.ts'
import { IconButton } from './Button.tsx'
import css from './Sheet.module.css'

interface Props {
  readonly title: string
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly children: ReactNode
  /** Near the top and without a head, as a command palette is. */
  readonly bare?: boolean
}

/** Something over the window that is closed with Escape or a click beside it. */
export function Sheet({ title, isOpen, onClose, children, bare = false }: Props) {
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable
      className={bare ? `${css.veil} ${css.top}` : css.veil}
    >
      <Modal className={bare ? `${css.modal} ${css.narrow}` : css.modal}>
        <Dialog className={css.sheet} aria-label={bare ? title : undefined}>
          {!bare && (
            <div className={css.head}>
              <Heading slot="title" level={2} className={css.title}>
                {title}
              </Heading>
              <IconButton label={say('common.close')} onPress={onClose}>
                <X size={18} aria-hidden />
              </IconButton>
            </div>
          )}
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
