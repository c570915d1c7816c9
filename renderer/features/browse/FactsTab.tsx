import type { DescribedFileSystem, DescribedSession, ImageDescription } from '../../../shared/browse.ts'
import type { ContainerFacts } from '../../../shared/container.ts'
import { formatCount, formatExactBytes, formatNumber, formatSize } from '../../../shared/format.ts'
import { trackKindTitle, trackTime } from '../../../shared/track-words.ts'
import { Badge } from '../../design/Badge.tsx'
import { Button } from '../../design/Button.tsx'
import { Name } from '../../design/Name.tsx'
import { ProgressLine } from '../../design/ProgressLine.tsx'
import { useSession, useSessionState } from '../../stores/browse-current.ts'
import { openImage } from '../../stores/browse-images.ts'
import { longDateWords } from './entry-words.ts'
import css from './FactsTab.module.css'

/** What the image says of itself. */
export function FactsTab() {
  const description = useSessionState((state) => state.description)
  if (!description) return <LookingThrough />
  // It lies within ISO 9660 and has nothing of its own to tell.
  const rockRidge = description.fileSystems.find(({ kind }) => kind === 'rockridge')
  return (
    <div className={css.facts}>
      <Whole description={description} />
      {description.disc && description.disc.tracks.length > 0 && <Tracks disc={description.disc} />}
      {description.fileSystems
        .filter(({ kind }) => kind !== 'rockridge')
        .map((fileSystem) => (
          <FileSystemCard
            key={fileSystem.kind}
            fileSystem={fileSystem}
            extension={fileSystem.kind === 'iso9660' ? rockRidge?.title : undefined}
          />
        ))}
      {description.sessions.length > 1 && <Sessions sessions={description.sessions} />}
    </div>
  )
}

export function LookingThrough() {
  return (
    <div className={css.looking}>
      <p>Looking through the image…</p>
      <ProgressLine thin label="Looking through the image" fraction={null} />
    </div>
  )
}

type Row = readonly [name: string, value: string | null]

function Rows({ rows }: { rows: readonly Row[] }) {
  return (
    <dl className={css.rows}>
      {rows
        .filter(([, value]) => value !== null && value !== '')
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <Name>{value ?? ''}</Name>
            </dd>
          </div>
        ))}
    </dl>
  )
}

const moment = (epochMs: number | null) => (epochMs === null ? null : longDateWords(epochMs))

function Whole({ description }: { description: ImageDescription }) {
  const { image } = useSession()
  return (
    <section className={css.card} aria-label="The image">
      <h2 className={css.title}>The image</h2>
      <Rows
        rows={[
          ['File', image.displayPath],
          ['Size', `${formatExactBytes(image.sizeBytes)} (${formatSize(image.sizeBytes)})`],
          [
            'Holds',
            `${formatCount(description.files, 'file', 'files')} in ${formatCount(description.directories, 'folder', 'folders')}, ${formatSize(description.contentBytes)}`,
          ],
        ]}
      />
    </section>
  )
}

/** What a disc image holds besides the track that is shown. */
function Tracks({ disc }: { disc: ContainerFacts }) {
  const { image } = useSession()
  const namesSessions = disc.sessions > 1
  return (
    <section className={css.card} aria-label="Tracks">
      <h2 className={css.title}>{disc.title}</h2>
      <Rows
        rows={[
          ['With', disc.companions.map((path) => path.split(/[/\\]/).at(-1)).join(', ')],
          ['Catalogue number', disc.catalog],
          ['Also has', [disc.hasCdText ? 'CD-Text' : '', disc.hasSubchannel ? 'sub-channel data' : ''].filter(Boolean).join(', ')],
        ]}
      />
      <ul className={css.sessions} aria-label="Tracks of the disc">
        {disc.tracks.map((track) => (
          <li key={track.number}>
            <span>
              <strong>Track {track.number}</strong>
              <span className={css.muted}>
                {' '}
                {[
                  ...(namesSessions ? [`session ${track.session}`] : []),
                  trackKindTitle(track),
                  trackTime(track.lengthSectors),
                  `from sector ${formatNumber(track.startLba)}`,
                ].join(' · ')}
                {track.title !== null && (
                  <>
                    {' · '}
                    <Name>{track.title}</Name>
                  </>
                )}
              </span>
            </span>
            {track.number === image.track ? (
              <Badge tone="accent">shown</Badge>
            ) : (
              track.mode !== 'audio' && <Button onPress={() => void openImage(image, null, track.number)}>Show this track</Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function FileSystemCard({ fileSystem, extension }: { fileSystem: DescribedFileSystem; extension: string | undefined }) {
  const { title, label, volumeSizeBytes, blockBytes } = fileSystem
  return (
    <section className={css.card} aria-label={title}>
      <h2 className={css.title}>{title}</h2>
      <Rows
        rows={[
          ['Label', label],
          ['Extended by', extension ?? null],
          ['Created', moment(fileSystem.createdMs)],
          ['Modified', moment(fileSystem.modifiedMs)],
          ['Expires', moment(fileSystem.expiresMs)],
          ['Effective', moment(fileSystem.effectiveMs)],
          ['Made with', fileSystem.applicationId],
          ['Prepared by', fileSystem.preparerId],
          ['Publisher', fileSystem.publisherId],
          ['System', fileSystem.systemId],
          ['Volume set', fileSystem.volumeSetId],
          ['Volume', `${formatSize(volumeSizeBytes)}, blocks of ${formatNumber(blockBytes)} bytes`],
        ]}
      />
    </section>
  )
}

function Sessions({ sessions }: { sessions: readonly DescribedSession[] }) {
  const { image } = useSession()
  return (
    <section className={css.card} aria-label="Sessions">
      <h2 className={css.title}>Sessions</h2>
      <p className={css.muted}>The disc was written in several goes; each shows what was on it then.</p>
      <ul className={css.sessions}>
        {sessions.map(({ number, startLba, sizeBytes }) => (
          <li key={number}>
            <span>
              <strong>Session {number}</strong>
              <span className={css.muted}>
                {' '}
                from sector {formatNumber(startLba)} · {formatSize(sizeBytes)}
              </span>
            </span>
            {number === image.session ? (
              <Badge tone="accent">shown</Badge>
            ) : (
              <Button onPress={() => void openImage(image, number)}>Show this session</Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
