import { useState } from 'react'
import type { BrowsedRow, EntryDetails } from '../../../../shared/browse.ts'
import { formatCount, formatExactBytes, formatNumber, formatSize } from '../../../../shared/format.ts'
import { Button } from '../../../design/Button.tsx'
import { CopyButton } from '../../../design/CopyButton.tsx'
import { Name } from '../../../design/Name.tsx'
import { useSession, useSessionState } from '../../../stores/browse-current.ts'
import { longDateWords, modeWords, viewTitles } from '../entry-words.ts'
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
          <dt>Can’t be read</dt>
          <dd>{details.unreadable}</dd>
        </div>
      )}
      <div>
        <dt>Path</dt>
        <dd className={css.withButton}>
          <Name>{details.path}</Name>
          <CopyButton text={details.path} label="Copy path" />
        </dd>
      </div>
      {details.type === 'directory' && <Contents row={row} />}
      {details.type === 'file' && (
        <div>
          <dt>Size</dt>
          <dd>
            {formatExactBytes(details.sizeBytes)}
            {details.compressedBytes !== null && `, ${formatSize(details.compressedBytes)} compressed`}
          </dd>
        </div>
      )}
      {details.linkTarget !== null && (
        <div>
          <dt>Leads to</dt>
          <dd>
            <Name>{details.linkTarget}</Name>
          </dd>
        </div>
      )}
      {details.modifiedMs !== null && (
        <div>
          <dt>Modified</dt>
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
      <dt>Holds</dt>
      <dd>
        {measured.is === 'there'
          ? `${formatCount(measured.value.files, 'file', 'files')}, ${formatSize(measured.value.contentBytes)}`
          : measured.is === 'asking'
            ? 'Adding up…'
            : measured.problem.message}
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
          <dt>Mode</dt>
          <dd>
            <span className={css.fixed}>{modeWords(mode)}</span> ({(mode & 0o7777).toString(8).padStart(4, '0')})
          </dd>
        </div>
      )}
      {uid !== null && (
        <div>
          <dt>Owner</dt>
          <dd>
            user {uid}, group {gid ?? '?'}
          </dd>
        </div>
      )}
      {links !== null && links > 1 && (
        <div>
          <dt>Links</dt>
          <dd>{links}</dd>
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
      <dt>{type === 'directory' ? 'Its records' : 'Lies at'}</dt>
      <dd>
        <ul>
          {shown.map(({ lba, lengthBytes }) => (
            <li key={lba}>
              <Button look="quiet" className={css.place} onPress={() => session.showOnMap(lba)}>
                sector {formatNumber(lba)}
              </Button>
              <span className={css.muted}> {formatSize(lengthBytes)}</span>
            </li>
          ))}
        </ul>
        {extentCount > shown.length && <span className={css.muted}>and {formatNumber(extentCount - shown.length)} more pieces</span>}
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
      <dt>Names</dt>
      <dd aria-busy={asked.is === 'asking'}>
        {asked.is === 'asking' && <span className={css.muted}>Looking for them…</span>}
        {asked.is === 'there' && (
          <ul className={css.names}>
            {asked.value.map(({ view, path }) => (
              <li key={view}>
                <span className={css.muted}>{viewTitles[view]}</span> <Name>{path.slice(path.lastIndexOf('/') + 1) || '/'}</Name>
              </li>
            ))}
            {session.image.views
              .filter(({ kind }) => !asked.value.some(({ view }) => view === kind))
              .map(({ kind }) => (
                <li key={kind}>
                  <span className={css.muted}>{viewTitles[kind]} – not there</span>
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
      <dt>SHA-256</dt>
      <dd>
        {!isWanted ? (
          <Button look="quiet" className={css.place} onPress={() => setWanted(true)}>
            Compute
          </Button>
        ) : asked.is === 'there' ? (
          <span className={css.withButton}>
            <code className={css.hash}>{asked.value}</code>
            <CopyButton text={asked.value} label="Copy SHA-256" />
          </span>
        ) : asked.is === 'failed' ? (
          asked.problem.message
        ) : (
          <span className={css.muted} role="status">
            Reading {formatSize(sizeBytes)}…
          </span>
        )}
      </dd>
    </div>
  )
}
