import { TriangleAlert } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { ConvertOffer, Loss } from '../../../shared/convert.ts'
import { Button } from '../../design/Button.tsx'
import { CheckLine, RadioCards } from '../../design/Choices.tsx'
import { ProgressLine } from '../../design/ProgressLine.tsx'
import { Sheet } from '../../design/Sheet.tsx'
import { visibleName } from '../../design/visible-name.ts'
import { useSession } from '../../stores/browse-current.ts'
import { answerOf } from '../../stores/notices.ts'
import { formatSize } from '../../words/amounts.ts'
import { fromEngine } from '../../words/from-engine.ts'
import { say } from '../../words/say.ts'
import css from './ConvertSheet.module.css'
import { startConverting } from './converting.ts'
import sheetCss from './ImageSheets.module.css'
import { useImageSheets } from './image-sheets.ts'

/** To which format, and what that can't hold. */
export function ConvertSheet() {
  const { isConverting, convert } = useImageSheets()
  return (
    <Sheet title={say('browse.convert.title')} isOpen={isConverting} onClose={() => convert(false)}>
      {isConverting && <Formats onClose={() => convert(false)} />}
    </Sheet>
  )
}

function Formats({ onClose }: { onClose: () => void }) {
  const { image } = useSession()
  const [offers, setOffers] = useState<readonly ConvertOffer[] | null>(null)
  const [format, setFormat] = useState<string | null>(null)
  const [accepts, setAccepts] = useState(false)
  useEffect(() => {
    let isShown = true
    void answerOf(window.isomer.convert.offers({ imageId: image.imageId })).then((found) => {
      if (!isShown || !found) return
      setOffers(found)
      setFormat(found.find(({ problem }) => problem === null)?.format ?? null)
    })
    return () => {
      isShown = false
    }
  }, [image.imageId])
  if (offers === null) {
    return (
      <div className={sheetCss.body}>
        <ProgressLine thin label={say('browse.convert.looking')} fraction={null} />
      </div>
    )
  }
  const possible = offers.filter(({ problem }) => problem === null)
  const offer = possible.find((candidate) => candidate.format === format)
  const serious = offer?.losses.filter(({ isMinor }) => !isMinor) ?? []
  const minor = offer?.losses.filter(({ isMinor }) => isMinor) ?? []
  return (
    <div className={sheetCss.body}>
      <RadioCards
        label={say('browse.convert.format')}
        choices={possible.map(({ format: key, title, sizeBytes }) => ({
          key,
          title: key === 'iso' ? say('browse.convert.iso') : fromEngine(title),
          detail: say('browse.convert.at-most', { size: formatSize(sizeBytes) }),
        }))}
        value={format}
        onChange={(key) => {
          setFormat(key)
          setAccepts(false)
        }}
        inRow
      />
      {serious.length > 0 && <Losses losses={serious} />}
      {minor.length > 0 && <p className={sheetCss.muted}>{minor.map(({ message }) => fromEngine(visibleName(message))).join(' ')}</p>}
      {offer !== undefined && offer.losses.length === 0 && <p className={sheetCss.muted}>{say('browse.convert.nothing-lost')}</p>}
      {serious.length > 0 && <CheckLine title={say('browse.convert.go-on')} isSelected={accepts} onChange={setAccepts} />}
      <div className={sheetCss.actions}>
        <Button
          look="primary"
          isDisabled={offer === undefined || (serious.length > 0 && !accepts)}
          onPress={() => offer !== undefined && void startConverting(image.imageId, offer, onClose)}
        >
          {say('browse.convert.choose')}
        </Button>
        <Button look="quiet" onPress={onClose}>
          {say('common.cancel')}
        </Button>
      </div>
    </div>
  )
}

function Losses({ losses }: { losses: readonly Loss[] }) {
  return (
    <div className={css.losses} role="note" aria-label={say('browse.convert.missing')}>
      <TriangleAlert size={18} aria-hidden />
      <ul>
        {losses.map(({ message }) => (
          <li key={message}>{fromEngine(visibleName(message))}</li>
        ))}
      </ul>
    </div>
  )
}
