import { Disc, FolderOpen } from 'lucide-react'
import { useState } from 'react'
import type { AttributeKind } from '../../../../shared/comparison.ts'
import type { AdmittedSource } from '../../../../shared/ipc.ts'
import { Button } from '../../../design/Button.tsx'
import { CheckLine } from '../../../design/Choices.tsx'
import { Name } from '../../../design/Name.tsx'
import { Sheet } from '../../../design/Sheet.tsx'
import { useSession } from '../../../stores/browse-current.ts'
import { useBrowseImages } from '../../../stores/browse-images.ts'
import { answerOf } from '../../../stores/notices.ts'
import { say } from '../../../words/say.ts'
import css from '../ImageSheets.module.css'
import { useImageSheets } from '../image-sheets.ts'

const attributes: readonly AttributeKind[] = ['times', 'modes', 'owners', 'links', 'label']

/** With what to compare, and what counts. */
export function CompareSheet() {
  const session = useSession()
  const { isComparing, compare } = useImageSheets()
  const sessions = useBrowseImages((state) => state.sessions)
  const [countsAttributes, setCountsAttributes] = useState(false)
  const others = sessions.filter(({ image }) => image.imageId !== session.image.imageId)
  const start = (other: Pick<AdmittedSource, 'token' | 'name'>) => {
    compare(false)
    void session.compare(other, countsAttributes ? [] : attributes)
  }
  const pick = async (what: 'pick' | 'pickFolder') => {
    const [source] = (await answerOf(window.isomer.browse[what]())) ?? []
    if (source) start(source)
  }
  return (
    <Sheet title={say('browse.compare.with')} isOpen={isComparing} onClose={() => compare(false)}>
      <div className={css.body}>
        <p className={css.muted}>{say('browse.compare.detail')}</p>
        <div className={css.actions}>
          {others.map(({ image }) => (
            <Button key={image.imageId} onPress={() => start(image)}>
              <Disc size={16} aria-hidden /> <Name>{image.label || image.name}</Name>
            </Button>
          ))}
          <Button look="primary" onPress={() => void pick('pick')}>
            <Disc size={16} aria-hidden /> {say('browse.compare.image')}
          </Button>
          <Button onPress={() => void pick('pickFolder')}>
            <FolderOpen size={16} aria-hidden /> {say('browse.compare.folder')}
          </Button>
        </div>
        <CheckLine
          title={say('browse.compare.attributes')}
          detail={say('browse.compare.attributes.detail')}
          isSelected={countsAttributes}
          onChange={setCountsAttributes}
        />
      </div>
    </Sheet>
  )
}
