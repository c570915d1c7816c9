import { ArrowRight, Disc3, DiscAlbum, FolderOpen } from 'lucide-react'
import { useEffect } from 'react'
import { Badge } from '../../design/Badge.tsx'
import { Button } from '../../design/Button.tsx'
import { Disc } from '../../design/Disc.tsx'
import { Name } from '../../design/Name.tsx'
import { Size } from '../../design/Size.tsx'
import { loadRecent, useBrowseImages } from '../../stores/browse-images.ts'
import { showDrivesPage } from '../../stores/drives.ts'
import { inOrder, useJobs } from '../../stores/jobs.ts'
import { usePlaces } from '../../stores/places.ts'
import { isStaged, useStaging } from '../../stores/staging.ts'
import { say } from '../../words/say.ts'
import { pickImages } from '../browse/picking.ts'
import { RecentRow } from '../browse/RecentRow.tsx'
import { kindWords, outcomeTone, outcomeWords, titleWords } from '../jobs/job-words.ts'
import css from './HomePlace.module.css'
import { InDrives } from './InDrives.tsx'

const LATELY_SHOWN = 4

export function HomePlace() {
  return (
    <div className={css.place}>
      <DropZone />
      <Interrupted />
      <GoOn />
      <InDrives />
      <OpenedBefore />
      <Lately />
    </div>
  )
}

function DropZone() {
  const go = usePlaces((state) => state.go)
  return (
    <section className={css.zone} aria-label={say('home.begin')}>
      <Disc sizePx={192} />
      <div className={css.words}>
        <h1 className={css.hero}>{say('home.hero')}</h1>
        <p className={css.lead}>{say('home.lead')}</p>
        <div className={css.verbs}>
          <Button look="primary" large onPress={() => go('create')}>
            <Disc3 size={18} aria-hidden /> {say('home.make-image')}
          </Button>
          <Button large onPress={() => void pickImages()}>
            <FolderOpen size={18} aria-hidden /> {say('home.open-image')}
          </Button>
          <Button large onPress={() => showDrivesPage({ is: 'all' })}>
            <DiscAlbum size={18} aria-hidden /> {say('home.rip-disc')}
          </Button>
        </div>
      </div>
    </section>
  )
}

/** Jobs of the last run that were cut off. */
function Interrupted() {
  const jobs = useJobs((state) => state.jobs)
  const go = usePlaces((state) => state.go)
  const { interrupted } = inOrder(jobs.values())
  if (interrupted.length === 0) return null
  const [first] = interrupted
  return (
    <section className={css.section}>
      <h2 className={css.heading}>{say('jobs.interrupted')}</h2>
      <div className={css.card}>
        <div className={css.cardWords}>
          {interrupted.length === 1 && first ? (
            <Name className={css.cardTitle}>{titleWords(first)}</Name>
          ) : (
            <span className={css.cardTitle}>{say('home.interrupted.count', { count: interrupted.length })}</span>
          )}
          <span className={css.muted}>{say('home.interrupted.lead')}</span>
        </div>
        <Button onPress={() => go('jobs')}>
          {say('home.show')} <ArrowRight size={16} aria-hidden className="pointing" />
        </Button>
      </div>
    </section>
  )
}

/** The image that is being put together, if one is. */
function GoOn() {
  const { summary, isMade } = useStaging()
  const go = usePlaces((state) => state.go)
  if (!summary || !isStaged(summary) || isMade) return null
  return (
    <section className={css.section}>
      <h2 className={css.heading}>{say('home.being-put-together')}</h2>
      <div className={css.card}>
        <div className={css.cardWords}>
          <Name className={css.cardTitle}>{summary.label}</Name>
          <span className={css.muted}>
            {say('common.files', { count: summary.files })} · <Size bytes={summary.contentBytes} />
          </span>
        </div>
        <Button onPress={() => go('create')}>
          {say('home.go-on')} <ArrowRight size={16} aria-hidden className="pointing" />
        </Button>
      </div>
    </section>
  )
}

/** Images to go on looking into. */
function OpenedBefore() {
  const recent = useBrowseImages((state) => state.recent)
  useEffect(() => void loadRecent(), [])
  if (recent === null || recent.length === 0) return null
  return (
    <section className={css.section}>
      <h2 className={css.heading}>{say('home.opened-before')}</h2>
      <ul className={css.lately}>
        {recent.slice(0, LATELY_SHOWN).map((image) => (
          <RecentRow key={image.recentId} image={image} />
        ))}
      </ul>
    </section>
  )
}

function Lately() {
  const jobs = useJobs((state) => state.jobs)
  const open = useJobs((state) => state.open)
  const go = usePlaces((state) => state.go)
  const ended = inOrder(jobs.values()).ended.slice(0, LATELY_SHOWN)
  if (ended.length === 0) return null
  return (
    <section className={css.section}>
      <h2 className={css.heading}>{say('home.lately')}</h2>
      <ul className={css.lately}>
        {ended.map((job) => (
          <li key={job.id} className={css.card}>
            <div className={css.cardWords}>
              <Name className={css.cardTitle}>{titleWords(job)}</Name>
              <span className={css.muted}>
                {kindWords(job.kind)}
                {job.result && (
                  <>
                    {' · '}
                    <Size bytes={job.result.sizeBytes} />
                  </>
                )}
              </span>
            </div>
            <Badge tone={outcomeTone(job)}>{outcomeWords(job)}</Badge>
            <Button
              look="quiet"
              aria-label={say('home.details-of', { title: titleWords(job) })}
              onPress={() => {
                open(job.id)
                go('jobs')
              }}
            >
              {say('home.details')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
