import type { DescribedFileSystem, DescribedSession, ImageDescription } from '../../../shared/browse.ts'
import type { ContainerFacts } from '../../../shared/container.ts'
import { trackTime } from '../../../shared/track-time.ts'
import { Badge } from '../../design/Badge.tsx'
import { Button } from '../../design/Button.tsx'
import { Name } from '../../design/Name.tsx'
import { ProgressLine } from '../../design/ProgressLine.tsx'
import { useSession, useSessionState } from '../../stores/browse-current.ts'
import { openImage } from '../../stores/browse-images.ts'
import { commaList, formatExactBytes, formatSize } from '../../words/amounts.ts'
import { fromEngine } from '../../words/from-engine.ts'
import { say } from '../../words/say.ts'
import { longDateWords } from './entry-words.ts'
import css from './FactsTab.module.css'
import { trackKindWords } from './track-words.ts'

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
      <p>{say('browse.looking-through-image')}</p>
      <ProgressLine thin label={say('browse.looking-through')} fraction={null} />
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
    <section className={css.card} aria-label={say('browse.facts.image')}>
      <h2 className={css.title}>{say('browse.facts.image')}</h2>
      <Rows
        rows={[
          [say('browse.facts.file'), image.displayPath],
          [say('common.size'), say('browse.facts.size', { exact: formatExactBytes(image.sizeBytes), size: formatSize(image.sizeBytes) })],
          [
            say('browse.holds'),
            say('browse.facts.holds', {
              files: description.files,
              folders: description.directories,
              size: formatSize(description.contentBytes),
            }),
          ],
        ]}
      />
    </section>
  )
}

/** What a disc image holds besides the track that is shown. */
export function Tracks({ disc }: { disc: ContainerFacts }) {
  const { image } = useSession()
  const namesSessions = disc.sessions > 1
  return (
    <section className={css.card} aria-label={say('browse.tracks')}>
      <h2 className={css.title}>{fromEngine(disc.title)}</h2>
      <Rows
        rows={[
          [say('browse.facts.companions'), commaList(disc.companions.map((path) => path.split(/[/\\]/).at(-1) ?? ''))],
          [say('browse.facts.catalogue'), disc.catalog],
          [
            say('browse.facts.also'),
            commaList([disc.hasCdText ? 'CD-Text' : '', disc.hasSubchannel ? say('browse.facts.subchannel') : ''].filter(Boolean)),
          ],
        ]}
      />
      <ul className={css.sessions} aria-label={say('browse.tracks.list')}>
        {disc.tracks.map((track) => (
          <li key={track.number}>
            <span>
              <strong>{say('browse.track', { number: track.number })}</strong>
              <span className={css.muted}>
                {' '}
                {[
                  ...(namesSessions ? [say('browse.track.session', { number: track.session })] : []),
                  trackKindWords(track),
                  trackTime(track.lengthSectors),
                  say('browse.from-sector', { lba: track.startLba }),
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
              <Badge tone="accent">{say('browse.shown')}</Badge>
            ) : (
              track.mode !== 'audio' && (
                <Button onPress={() => void openImage(image, null, track.number)}>{say('browse.track.show')}</Button>
              )
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function FileSystemCard({ fileSystem, extension }: { fileSystem: DescribedFileSystem; extension: string | undefined }) {
  const { label, volumeSizeBytes, blockBytes } = fileSystem
  const title = fromEngine(fileSystem.title)
  return (
    <section className={css.card} aria-label={title}>
      <h2 className={css.title}>{title}</h2>
      <Rows
        rows={[
          [say('browse.facts.label'), label],
          [say('browse.facts.extension'), extension ?? null],
          [say('browse.facts.created'), moment(fileSystem.createdMs)],
          [say('browse.modified'), moment(fileSystem.modifiedMs)],
          [say('browse.facts.expires'), moment(fileSystem.expiresMs)],
          [say('browse.facts.effective'), moment(fileSystem.effectiveMs)],
          [say('browse.facts.application'), fileSystem.applicationId],
          [say('browse.facts.preparer'), fileSystem.preparerId],
          [say('browse.facts.publisher'), fileSystem.publisherId],
          [say('browse.facts.system'), fileSystem.systemId],
          [say('browse.facts.volume-set'), fileSystem.volumeSetId],
          [say('browse.facts.volume'), say('browse.facts.blocks', { size: formatSize(volumeSizeBytes), blockBytes })],
        ]}
      />
    </section>
  )
}

function Sessions({ sessions }: { sessions: readonly DescribedSession[] }) {
  const { image } = useSession()
  return (
    <section className={css.card} aria-label={say('browse.sessions')}>
      <h2 className={css.title}>{say('browse.sessions')}</h2>
      <p className={css.muted}>{say('browse.sessions.detail')}</p>
      <ul className={css.sessions}>
        {sessions.map(({ number, startLba, sizeBytes }) => (
          <li key={number}>
            <span>
              <strong>{say('browse.session', { number })}</strong>
              <span className={css.muted}>
                {' '}
                {say('browse.from-sector', { lba: startLba })} · {formatSize(sizeBytes)}
              </span>
            </span>
            {number === image.session ? (
              <Badge tone="accent">{say('browse.shown')}</Badge>
            ) : (
              <Button onPress={() => void openImage(image, number)}>{say('browse.session.show')}</Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
