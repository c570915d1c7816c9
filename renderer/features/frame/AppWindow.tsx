import { useEffect } from 'react'
import { I18nProvider } from 'react-aria-components'
import { hearEnded, hearExpanding, hearJob, hearListing, loadOpened } from '../../stores/browse-images.ts'
import { loadDrives, useDrives } from '../../stores/drives.ts'
import { useFacts } from '../../stores/facts.ts'
import { useJobs } from '../../stores/jobs.ts'
import { useMounts } from '../../stores/mounts.ts'
import { useNewVersion } from '../../stores/new-version.ts'
import { showProblems } from '../../stores/notices.ts'
import { usePlaces } from '../../stores/places.ts'
import { useSettings } from '../../stores/settings.ts'
import { loadStaging, showScan } from '../../stores/staging.ts'
import { spoken } from '../../words/say.ts'
import { ImagesPlace } from '../browse/ImagesPlace.tsx'
import { CreatePlace } from '../create/CreatePlace.tsx'
import { DrivesPlace } from '../drives/DrivesPlace.tsx'
import { HomePlace } from '../home/HomePlace.tsx'
import { JobAnnouncer } from '../jobs/JobAnnouncer.tsx'
import { JobsPlace } from '../jobs/JobsPlace.tsx'
import { MountsPlace } from '../mount/MountsPlace.tsx'
import { SettingsPlace } from '../settings/SettingsPlace.tsx'
import { VerifyPlace } from '../verify/VerifyPlace.tsx'
import css from './AppWindow.module.css'
import { CommandPalette } from './CommandPalette.tsx'
import { DropOverlay } from './DropOverlay.tsx'
import { enter } from './entering.ts'
import { JobStrip } from './JobStrip.tsx'
import { Notices } from './Notices.tsx'
import { Rail } from './Rail.tsx'
import { useContrast } from './useContrast.ts'
import { useShortcuts } from './useShortcuts.ts'
import { useWindowDrop } from './useWindowDrop.ts'

/** Connects the stores with what main tells. */
function useNewsFromMain(): void {
  useEffect(() => {
    const { isomer } = window
    const { apply, forget, load } = useJobs.getState()
    const stops = [
      isomer.jobs.onChanged(apply),
      isomer.jobs.onChanged(hearJob),
      isomer.jobs.onRemoved(({ jobId }) => forget(jobId)),
      isomer.staging.onScanning(showScan),
      isomer.browse.onListing(hearListing),
      isomer.browse.onEnded(hearEnded),
      isomer.browse.onExpanding(hearExpanding),
      isomer.mounts.onChanged(useMounts.getState().apply),
      isomer.mounts.onPreparing(useMounts.getState().hearPreparing),
      isomer.mounts.onArrived(useMounts.getState().point),
      isomer.drives.onChanged(useDrives.getState().apply),
      isomer.updates.onFound(useNewVersion.getState().hear),
      isomer.sources.onArrived((sources) => void enter(sources, { place: 'home', folder: null })),
    ]
    void showProblems(window.isomer.app.startProblems())
    void useFacts.getState().load()
    void load()
    void loadStaging()
    void useMounts.getState().load()
    void loadOpened()
    void loadDrives()
    return () => {
      for (const stop of stops) stop()
    }
  }, [])
}

export function AppWindow() {
  const locale = useSettings(({ values }) => values?.speech.locale ?? spoken().locale)
  useNewsFromMain()
  useContrast()
  useShortcuts()
  useWindowDrop()
  return (
    <I18nProvider locale={locale}>
      {/* another language: every word is said anew */}
      <Places key={locale} />
    </I18nProvider>
  )
}

function Places() {
  const place = usePlaces((state) => state.place)
  return (
    <div className={css.window}>
      <Rail />
      {/* a place is seen from its top */}
      <main key={place} className={css.place}>
        {place === 'home' && <HomePlace />}
        {place === 'images' && <ImagesPlace />}
        {place === 'create' && <CreatePlace />}
        {place === 'mounts' && <MountsPlace />}
        {place === 'verify' && <VerifyPlace />}
        {place === 'drives' && <DrivesPlace />}
        {place === 'jobs' && <JobsPlace />}
        {place === 'settings' && <SettingsPlace />}
      </main>
      <JobStrip />
      <Notices />
      <DropOverlay />
      <CommandPalette />
      <JobAnnouncer />
    </div>
  )
}
