import { useState } from 'react'
import type { BrowsedRow, EntryDetails } from '../../../../shared/browse.ts'
import { Button } from '../../../design/Button.tsx'
import { CopyButton } from '../../../design/CopyButton.tsx'
import { Name } from '../../../design/Name.tsx'
import { visibleName } from '../../../design/visible-name.ts'
import { useSession, useSessionState } from '../../../stores/browse-current.ts'
import { formatExactBytes, formatNumber, formatSize } from '../../../words/amounts.ts'
import { fromEngine } from '../../../words/from-engine.ts'
import { say } from '../../../words/say.ts'
import { longDateWords, modeWords, viewTitle } from '../entry-words.ts'
import css from './EntryFacts.module.css'
import { useAsked } from './useAsked.ts'

const SHOWN_EXTENTS = 5

/** All that the image says of an entry. */
export function EntryFacts({ row }: { row: BrowsedRow }) {
  const session = useSession()
  const view = useSessionState((state) => state.view)
  const entry = { imageId: session.image.imageId, view, entry: row.entry }
  const key = `${view} ${row.entry}`
  const asked = useAsked(key, () => window.isomer.browse.details(entry))
  if (asked.is !== 'there') return null
  const details = asked.value
  return (
    <dl className={css.facts}>
      {details.unreadable !== null && (
        <div className={css.bad}>
          <dt>{say('browse.severity.fatal')}</dt>
          <dd>{fromEngine(visibleName(details.unreadable))}</dd>
        </div>
      )}
      <div>
        <dt>{say('browse.path')}</dt>
        <dd className={css.withButton}>
          <Name>{details.path}</Name>
          <CopyButton text={details.path} label={say('browse.copy-path')} />
        </dd>
      </div>
      {details.type === 'directory' && <Contents row={row} />}
      {details.type === 'file' && (
        <div>
          <dt>{say('common.size')}</dt>
          <dd>
            {details.compressedBytes === null
              ? formatExactBytes(details.sizeBytes)
              : say('browse.entry.compressed', { exact: formatExactBytes(details.sizeBytes), size: formatSize(details.compressedBytes) })}
          </dd>
        </div>
      )}
      {details.linkTarget !== null && (
        <div>
          <dt>{say('browse.entry.leads-to')}</dt>
          <dd>
            <Name>{details.linkTarget}</Name>
          </dd>
        </div>
      )}
      {details.modifiedMs !== null && (
        <div>
          <dt>{say('browse.modified')}</dt>
          <dd>{longDateWords(details.modifiedMs)}</dd>
        </div>
      )}
      <Attributes details={details} />
      <Places details={details} />
      <Names key={key} entry={entry} />
      {details.type === 'file' && details.unreadable === null && (
        <Digest key={`${key} digest`} entry={entry} sizeBytes={details.sizeBytes} />
      )}
    </dl>
  )
}

/** How much is in a folder, at any depth. */
function Contents({ row }: { row: BrowsedRow }) {
  const session = useSession()
  const listingId = useSessionState((state) => state.listing?.listingId ?? 0)
  const at = useSessionState((state) => state.selection.focus)
  const wanted = { imageId: session.image.imageId, listingId, ranges: [[at, at + 1]] as [number, number][] }
  const measured = useAsked(at < 0 ? null : `${listingId} ${row.entry}`, () => window.isomer.browse.measure(wanted))
  return (
    <div>
      <dt>{say('browse.holds')}</dt>
      <dd>
        {measured.is === 'there'
          ? say('browse.entry.holds', { files: measured.value.files, size: formatSize(measured.value.contentBytes) })
          : measured.is === 'asking'
            ? say('browse.adding-up')
            : fromEngine(visibleName(measured.problem.message))}
      </dd>
    </div>
  )
}

function Attributes({ details: { mode, uid, gid, links } }: { details: EntryDetails }) {
  if (mode === null && uid === null) return null
  return (
    <>
      {mode !== null && (
        <div>
          <dt>{say('browse.column.mode')}</dt>
          <dd>
            <span dir="ltr">
              <span className={css.fixed}>{modeWords(mode)}</span> ({(mode & 0o7777).toString(8).padStart(4, '0')})
            </span>
          </dd>
        </div>
      )}
      {uid !== null && (
        <div>
          <dt>{say('browse.entry.owner')}</dt>
          <dd>{say('browse.entry.owner-ids', { user: String(uid), group: String(gid ?? '?') })}</dd>
        </div>
      )}
      {links !== null && links > 1 && (
        <div>
          <dt>{say('browse.entry.links')}</dt>
          <dd>{formatNumber(links)}</dd>
        </div>
      )}
    </>
  )
}

function Places({ details: { extents, extentCount, type } }: { details: EntryDetails }) {
  const session = useSession()
  if (extents.length === 0) return null
  const shown = extents.slice(0, SHOWN_EXTENTS)
  return (
    <div>
      <dt>{say(type === 'directory' ? 'browse.entry.records' : 'browse.entry.lies-at')}</dt>
      <dd>
        <ul>
          {shown.map(({ lba, lengthBytes }) => (
            <li key={lba}>
              <Button look="quiet" className={css.place} onPress={() => session.showOnMap(lba)}>
                {say('browse.entry.sector', { lba })}
              </Button>
              <span className={css.muted}> {formatSize(lengthBytes)}</span>
            </li>
          ))}
        </ul>
        {extentCount > shown.length && (
          <span className={css.muted}>{say('browse.entry.more-pieces', { count: extentCount - shown.length })}</span>
        )}
      </dd>
    </div>
  )
}

interface EntryProps {
  readonly entry: Parameters<typeof window.isomer.browse.names>[0]
}

/** What it is called in the other trees. */
function Names({ entry }: EntryProps) {
  const session = useSession()
  const hasOthers = session.image.views.length > 1 && entry.view !== 'boot'
  const asked = useAsked(hasOthers ? `${entry.view} ${entry.entry}` : null, () => window.isomer.browse.names(entry), 300)
  if (!hasOthers) return null
  return (
    <div>
      <dt>{say('browse.entry.names')}</dt>
      <dd aria-busy={asked.is === 'asking'}>
        {asked.is === 'asking' && <span className={css.muted}>{say('browse.entry.looking')}</span>}
        {asked.is === 'there' && (
          <ul className={css.names}>
            {asked.value.map(({ view, path }) => (
              <li key={view}>
                <span className={css.muted}>{viewTitle(view)}</span> <Name>{path.slice(path.lastIndexOf('/') + 1) || '/'}</Name>
              </li>
            ))}
            {session.image.views
              .filter(({ kind }) => !asked.value.some(({ view }) => view === kind))
              .map(({ kind }) => (
                <li key={kind}>
                  <span className={css.muted}>{say('browse.entry.not-there', { view: viewTitle(kind) })}</span>
                </li>
              ))}
          </ul>
        )}
      </dd>
    </div>
  )
}

function Digest({ entry, sizeBytes }: EntryProps & { readonly sizeBytes: number }) {
  const [isWanted, setWanted] = useState(false)
  const asked = useAsked(isWanted ? `${entry.view} ${entry.entry}` : null, () => window.isomer.browse.digest(entry), 0)
  return (
    <div>
      <dt>{say('browse.entry.digest')}</dt>
      <dd>
        {!isWanted ? (
          <Button look="quiet" className={css.place} onPress={() => setWanted(true)}>
            {say('browse.entry.compute')}
          </Button>
        ) : asked.is === 'there' ? (
          <span className={css.withButton}>
            <code className={css.hash}>{asked.value}</code>
            <CopyButton text={asked.value} label={say('browse.copy-hash')} />
          </span>
        ) : asked.is === 'failed' ? (
          fromEngine(visibleName(asked.problem.message))
        ) : (
          <span className={css.muted} role="status">
            {say('browse.entry.reading', { size: formatSize(sizeBytes) })}
          </span>
        )}
      </dd>
    </div>
  )
}
