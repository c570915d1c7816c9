/** What the handlers work with: made once, handed to whoever needs it. */
import { join } from 'node:path'
import { app } from 'electron'
import { systemDrives, systemFlash } from '../../main/drives/system-drives.ts'
import { JobQueue } from '../../main/jobs/job-queue.ts'
import { JobStore } from '../../main/jobs/job-store.ts'
import { prepareMountElsewhere } from '../../main/jobs/mount-preparer.ts'
import { WorkbenchClient } from '../../main/jobs/workbench-client.ts'
import { systemMounts } from '../../main/mounts/mounts.ts'
import { keyStoreFolder } from '../../main/verify/key-store.ts'
import { formatCount } from '../../shared/format.ts'
import { defaultCreateOptions, presets } from '../../shared/image-project.ts'
import type { ProblemReport } from '../../shared/problem.ts'
import { tell } from '../ipc/tell.ts'
import { askForAnnouncement } from '../setup/announcement-request.ts'
import { announcementUrl } from '../setup/announcement-url.ts'
import { DraggedFiles } from './dragged-files.ts'
import { DriveKeeper } from './drive-keeper.ts'
import { Edits } from './edits.ts'
import { MountKeeper } from './mount-keeper.ts'
import { OpenProjectFile } from './open-project-file.ts'
import { OpenedImages } from './opened-images.ts'
import { PlannedExtractions } from './planned-extractions.ts'
import { RecentImages } from './recent-images.ts'
import { RipTargets } from './rip-targets.ts'
import { Settings } from './settings.ts'
import { SourceRegistry } from './source-registry.ts'
import { SpareProcess } from './spare-process.ts'
import { Sticks } from './sticks.ts'
import { TargetRegistry } from './target-registry.ts'
import { Updates } from './updates.ts'
import { startUtilityProcess } from './utility-process.ts'
import { VerifyCases } from './verify-cases.ts'

/** A hostile image may fill this much of a process of its own, and no more. */
const BROWSER_HEAP_MIB = 512

export interface Services {
  readonly settings: Settings
  readonly sources: SourceRegistry
  readonly targets: TargetRegistry
  readonly jobs: JobQueue
  /** Holds the image being arranged. */
  readonly workbench: WorkbenchClient
  /** Looks at images from outside; a process of its own, so that a hostile one can't touch what is being arranged. */
  readonly reader: WorkbenchClient
  readonly mounts: MountKeeper
  readonly drives: DriveKeeper
  readonly ripTargets: RipTargets
  readonly sticks: Sticks
  /** Open in the window. */
  readonly images: OpenedImages
  /** What of them is changed and not saved yet. */
  readonly edits: Edits
  readonly recentImages: RecentImages
  readonly plannedExtractions: PlannedExtractions
  readonly draggedFiles: DraggedFiles
  readonly verifyCases: VerifyCases
  readonly projectFile: OpenProjectFile
  readonly updates: Updates
  /** What is to be said as soon as there is a window. */
  readonly startProblems: ProblemReport[]
}

export function createServices(): Services {
  const store = new JobStore(join(app.getPath('userData'), 'Jobs'))
  const jobs = new JobQueue(() => startUtilityProcess('job-process.js', 'Isomer job'), store)
  jobs.listen({
    changed: (job) => tell('jobs', 'changed', job),
    removed: (jobId) => tell('jobs', 'removed', { jobId }),
  })
  const reader = new WorkbenchClient(
    () => startUtilityProcess('workbench-process.js', 'Isomer reader'),
    () => {},
  )
  const readers = new SpareProcess(() => startUtilityProcess('browse-process.js', 'Isomer image', BROWSER_HEAP_MIB))
  const mounts = new MountKeeper(
    systemMounts((path, control) => prepareMountElsewhere(() => readers.take(), path, control)),
    (preparing) => tell('mounts', 'preparing', preparing),
  )
  mounts.listen((rows) => tell('mounts', 'changed', rows))
  const settings = new Settings(join(app.getPath('userData'), 'settings.json'))
  const sources = new SourceRegistry()
  const drives = new DriveKeeper(jobs, settings, systemDrives)
  drives.listen((seen) => tell('drives', 'changed', seen))
  const images = new OpenedImages(readers, {
    listing: (imageId, news) => tell('browse', 'listing', { imageId, ...news }),
    expanding: (token, progress) => tell('browse', 'expanding', { token, ...progress }),
    ended: (imageId, problem) => tell('browse', 'ended', { imageId, problem }),
  })
  const edits = new Edits(images)
  jobs.listen({ changed: (job) => edits.hear(job), removed: () => {} })
  return {
    settings,
    sources,
    images,
    edits,
    recentImages: new RecentImages(settings, sources),
    plannedExtractions: new PlannedExtractions(),
    draggedFiles: new DraggedFiles(join(app.getPath('userData'), 'Dragged Files')),
    targets: new TargetRegistry(),
    jobs,
    workbench: new WorkbenchClient(
      () => startUtilityProcess('workbench-process.js', 'Isomer workbench'),
      (items, current) => tell('staging', 'scanning', { items, current }),
      { version: 1, steps: [], options: { ...defaultCreateOptions, ...presets[settings.get('preset')].options } },
    ),
    reader,
    projectFile: new OpenProjectFile(),
    verifyCases: new VerifyCases(reader, sources, keyStoreFolder()),
    mounts,
    drives,
    ripTargets: new RipTargets(),
    sticks: new Sticks(systemFlash),
    updates: new Updates(settings, {
      own: ISOMER_VERSION,
      url: announcementUrl(),
      ask: askForAnnouncement,
      tell: (version) => tell('updates', 'found', version),
    }),
    startProblems: [settings.problem, damagedJobs(jobs.damaged)].filter((problem) => problem !== null),
  }
}

function damagedJobs(files: readonly string[]): ProblemReport | null {
  if (files.length === 0) return null
  return {
    kind: 'io',
    code: 'jobs-damaged',
    message: `${formatCount(files.length, 'job', 'jobs')} of the history could not be read.`,
    kept: 'The others are there, and the files that could not be read were kept under other names.',
    technical: files.join('\n'),
  }
}
