import { useEffect, useState } from 'react'
import { Button, Label, ListBox, ListBoxItem, Popover, Select, SelectValue } from 'react-aria-components'
import { type BrowsedRow, type Preview, type TextEncoding, textEncodings } from '../../../../shared/browse.ts'
import { TEXT_PREVIEW_BYTES } from '../../../../shared/limits.ts'
import { ProblemCard } from '../../../design/ProblemCard.tsx'
import { ProgressLine } from '../../../design/ProgressLine.tsx'
import { visibleName } from '../../../design/visible-name.ts'
import { useSession, useSessionState } from '../../../stores/browse-current.ts'
import { formatSize } from '../../../words/amounts.ts'
import { fromEngine } from '../../../words/from-engine.ts'
import { say } from '../../../words/say.ts'
import menuCss from '../Menu.module.css'
import { HexView } from './HexView.tsx'
import css from './PreviewContent.module.css'
import { useAsked } from './useAsked.ts'

type Look = 'best' | 'bytes'

/** A file as text or picture where it is one, else by its bytes. */
export function PreviewContent({ row }: { row: BrowsedRow }) {
  const session = useSession()
  const view = useSessionState((state) => state.view)
  const [look, setLook] = useState<Look>('best')
  const [encoding, setEncoding] = useState<TextEncoding | null>(null)
  const entry = { imageId: session.image.imageId, view, entry: row.entry }
  const key = `${view} ${row.entry}`
  // biome-ignore lint/correctness/useExhaustiveDependencies: another entry is looked at anew
  useEffect(() => {
    setLook('best')
    setEncoding(null)
  }, [key])
  const asked = useAsked(`${key} ${encoding}`, () => window.isomer.browse.preview({ ...entry, encoding }))
  if (asked.is === 'failed') return <ProblemCard problem={asked.problem} />
  if (asked.is === 'asking') return <Asking />
  const preview = asked.value
  const isPlain = preview.kind === 'bytes' || preview.kind === 'none'
  const showsBytes = (look === 'bytes' || preview.kind === 'bytes') && row.sizeBytes > 0
  return (
    <>
      {showsBytes ? <HexView key={key} entry={entry} sizeBytes={row.sizeBytes} /> : <Shown preview={preview} name={row.name} />}
      {preview.kind !== 'empty' && (
        <div className={css.bar}>
          {!isPlain && (
            <fieldset className={css.looks} aria-label={say('browse.preview.shown-as')}>
              <button type="button" aria-pressed={!showsBytes} onClick={() => setLook('best')}>
                {say(preview.kind === 'picture' ? 'browse.preview.picture' : 'browse.preview.text')}
              </button>
              <button type="button" aria-pressed={showsBytes} onClick={() => setLook('bytes')}>
                {say('browse.preview.bytes')}
              </button>
            </fieldset>
          )}
          {preview.kind === 'text' && !showsBytes && <EncodingChoice preview={preview} onChange={setEncoding} />}
          {preview.kind === 'picture' && preview.widthPx !== null && (
            <span className={css.note} dir="ltr">
              {preview.widthPx} × {preview.heightPx}
            </span>
          )}
          {preview.kind === 'bytes' && <span className={css.note}>{say('browse.preview.neither')}</span>}
        </div>
      )}
    </>
  )
}

function Asking() {
  const [isLate, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 250)
    return () => clearTimeout(timer)
  }, [])
  return <div className={css.message}>{isLate && <ProgressLine thin label={say('browse.preview.reading')} fraction={null} />}</div>
}

function Shown({ preview, name }: { preview: Preview; name: string }) {
  switch (preview.kind) {
    case 'text':
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolled text must be reachable by keyboard
        <section className={css.text} tabIndex={0} dir="auto" aria-label={say('browse.preview.text-of', { name })}>
          {preview.text}
          {preview.isCut && <span className={css.cut}>{`\n${say('browse.preview.cut', { size: formatSize(TEXT_PREVIEW_BYTES) })}`}</span>}
        </section>
      )
    case 'picture':
      return <Picture bytes={preview.bytes} mediaType={preview.mediaType} name={name} />
    case 'empty':
      return <p className={css.message}>{say('browse.preview.empty')}</p>
    case 'none':
      return <p className={css.message}>{fromEngine(visibleName(preview.reason))}</p>
    case 'bytes':
      return null
  }
}

/** The page decodes it, in its sandbox; it has no address outside this page. */
function Picture({ bytes, mediaType, name }: { bytes: Uint8Array<ArrayBuffer>; mediaType: string; name: string }) {
  const [address, setAddress] = useState<string | null>(null)
  const [isBroken, setBroken] = useState(false)
  useEffect(() => {
    const url = URL.createObjectURL(new Blob([bytes], { type: mediaType }))
    setAddress(url)
    setBroken(false)
    return () => URL.revokeObjectURL(url)
  }, [bytes, mediaType])
  if (isBroken) return <p className={css.message}>{say('browse.preview.damaged')}</p>
  if (address === null) return <div className={css.picture} />
  return (
    <div className={css.picture}>
      <img src={address} alt={name} onError={() => setBroken(true)} draggable={false} />
    </div>
  )
}

const encodingTitle = (encoding: TextEncoding): string => say(`browse.encoding.${encoding}`)

interface EncodingProps {
  readonly preview: Extract<Preview, { kind: 'text' }>
  readonly onChange: (encoding: TextEncoding) => void
}

function EncodingChoice({ preview, onChange }: EncodingProps) {
  return (
    <Select className={css.encoding} value={preview.encoding} onChange={(key) => onChange(key as TextEncoding)}>
      <Label className={css.hidden}>{say('browse.preview.encoding')}</Label>
      <Button className={css.encodingButton}>
        <SelectValue>{encodingTitle(preview.encoding)}</SelectValue>
      </Button>
      <Popover placement="top end">
        <ListBox className={menuCss.menu} items={textEncodings.map((id) => ({ id }))}>
          {({ id }) => (
            <ListBoxItem id={id} className={menuCss.item} textValue={encodingTitle(id)}>
              {encodingTitle(id)}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  )
}
