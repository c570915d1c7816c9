import { Disc3, FolderDown, HardDriveDownload, ShieldCheck, TriangleAlert, X } from 'lucide-react'
import { formatCount } from '../../../shared/format.ts'
import type { Finding, FindingSeverity } from '../../../shared/image-model.ts'
import type { AdmittedSource, ImageGlance } from '../../../shared/ipc.ts'
import { Badge } from '../../design/Badge.tsx'
import { Button, IconButton } from '../../design/Button.tsx'
import { Disc } from '../../design/Disc.tsx'
import { Name } from '../../design/Name.tsx'
import { ProblemCard } from '../../design/ProblemCard.tsx'
import { ProgressLine } from '../../design/ProgressLine.tsx'
import { Size } from '../../design/Size.tsx'
import { visibleName } from '../../design/visible-name.ts'
import { useJobs } from '../../stores/jobs.ts'
import { useMounts } from '../../stores/mounts.ts'
import { answerOf } from '../../stores/notices.ts'
import { useOpenedImage } from '../../stores/opened-image.ts'
import { usePlaces } from '../../stores/places.ts'
import { addSources } from '../../stores/staging.ts'
import { verifySources } from '../verify/verifying-actions.ts'
import css from './GlanceCard.module.css'

/** An opened image: what it is, what is odd about it, and what can be done with it. */
export function GlanceCard({ source }: { source: AdmittedSource }) {
  const { glance, problem, close } = useOpenedImage()
  const sizeBytes = glance?.sizeBytes ?? source.sizeBytes
  return (
    <section className={css.card} aria-label={`Image ${source.name}`}>
      <div className={css.head}>
        <Disc sizePx={88} />
        <div className={css.what}>
          <h2 className={css.label}>
            <Name>{glance?.label || source.name}</Name>
          </h2>
          <p className={css.path}>
            <Name>{source.displayPath}</Name>
          </p>
          {glance && <Badges glance={glance} />}
          <p className={css.counts}>
            {sizeBytes !== null && <Size bytes={sizeBytes} />}
            {glance &&
              ` · ${formatCount(glance.files, 'file', 'files')}${glance.directories > 0 ? ` in ${formatCount(glance.directories, 'folder', 'folders')}` : ''}`}
          </p>
        </div>
        <IconButton label="Close this image" className={css.close} onPress={close}>
          <X size={18} aria-hidden />
        </IconButton>
      </div>
      {!glance && !problem && <ProgressLine thin label="Opening the image" fraction={null} />}
      {problem && <ProblemCard problem={problem} />}
      {glance && glance.findings.length > 0 && <Findings findings={glance.findings} />}
      {glance && <Choices source={source} />}
    </section>
  )
}

function Badges({ glance }: { glance: ImageGlance }) {
  return (
    <ul className={css.badges} aria-label="File systems">
      {glance.fileSystems.map((fileSystem) => (
        <li key={fileSystem}>
          <Badge tone="accent">{fileSystem}</Badge>
        </li>
      ))}
    </ul>
  )
}

const worstFirst: readonly FindingSeverity[] = ['fatal', 'damaged', 'suspicious', 'note']

function Findings({ findings }: { findings: readonly Finding[] }) {
  const sorted = [...findings].sort((a, b) => worstFirst.indexOf(a.severity) - worstFirst.indexOf(b.severity))
  return (
    <div className={css.findings}>
      <h3>{formatCount(findings.length, 'thing is odd about this image', 'things are odd about this image')}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled list must be reachable by keyboard */}
      <ul className={css.findingList} tabIndex={0} aria-label="Findings">
        {sorted.map((finding, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same finding may be there twice, and the list never changes
          <li key={index} data-severity={finding.severity}>
            <TriangleAlert size={14} aria-label={finding.severity} />
            <span>
              {visibleName(finding.message)}
              {finding.path && (
                <>
                  {' '}
                  <Name className={css.muted}>{finding.path}</Name>
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}

function Choices({ source }: { source: AdmittedSource }) {
  const go = usePlaces((state) => state.go)
  const mount = useMounts((state) => state.mount)
  const isMounting = useMounts((state) => state.busy.has(source.token))
  const extract = async () => {
    const started = await answerOf(window.isomer.images.extract({ token: source.token }))
    if (!started) return
    useJobs.getState().open(started.jobId)
    go('jobs')
  }
  const stage = async () => {
    go('create')
    await addSources([source.token], '/')
  }
  return (
    <div className={css.choices}>
      <Button look="primary" onPress={() => void extract()}>
        <FolderDown size={16} aria-hidden /> Extract everything…
      </Button>
      <Button isDisabled={isMounting} onPress={() => void mount(source.token)}>
        <HardDriveDownload size={16} aria-hidden /> {isMounting ? 'Mounting…' : 'Mount'}
      </Button>
      <Button onPress={() => void verifySources([source.token])}>
        <ShieldCheck size={16} aria-hidden /> Verify
      </Button>
      <Button onPress={() => void stage()}>
        <Disc3 size={16} aria-hidden /> Put it into a new image
      </Button>
    </div>
  )
}
