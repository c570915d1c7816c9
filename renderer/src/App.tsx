import { Disc3, FolderOpen, HardDriveDownload, ListTree, Settings } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button, Label, ProgressBar, Tab, TabList, TabPanel, Tabs } from 'react-aria-components'
import css from './App.module.css'
import { BigTree } from './BigTree.tsx'
import { FolderDrop } from './FolderDrop.tsx'
import { useStore } from './store.ts'

export function App() {
  const jobs = useStore((s) => s.jobs)
  const folder = useStore((s) => s.folder)
  const error = useStore((s) => s.error)
  const { setFolder, startJob, apply } = useStore.getState()
  const [version, setVersion] = useState('')

  useEffect(() => window.api.on('job:progress', apply), [apply])
  useEffect(() => {
    void window.api.invoke('app:info').then((r) => r.ok && setVersion(`Electron ${r.value.electron} · Node ${r.value.node}`))
  }, [])

  const pick = async () => {
    const r = await window.api.invoke('dialog:pickFolder')
    if (r.ok && r.value) setFolder(r.value)
  }

  return (
    <Tabs className={css.shell} orientation="vertical">
      <nav className={css.sidebar} aria-label="Sections">
        <h1 className={css.brand}>
          <Disc3 size={20} aria-hidden /> Isomer
        </h1>
        <TabList className={css.tabs} aria-label="Sections">
          <Tab id="create" className={css.tab}>
            <HardDriveDownload size={16} aria-hidden /> Create image
          </Tab>
          <Tab id="browse" className={css.tab}>
            <ListTree size={16} aria-hidden /> Browse
          </Tab>
          <Tab id="settings" className={css.tab}>
            <Settings size={16} aria-hidden /> Settings
          </Tab>
        </TabList>
        <p className={css.version} data-testid="version">
          {version}
        </p>
      </nav>
      <main className={css.main}>
        <TabPanel id="create" className={css.panel}>
          <h2>Create an image from a folder</h2>
          <FolderDrop onFolder={setFolder}>
            <FolderOpen size={32} aria-hidden />
            <p data-testid="folder">{folder ?? 'Drop a folder here'}</p>
            <Button className={css.button} onPress={() => void pick()}>
              Choose a folder…
            </Button>
          </FolderDrop>
          {error && (
            <p role="alert" className={css.error}>
              {error}
            </p>
          )}
          <div className={css.actions}>
            <Button className={css.primary} isDisabled={!folder} onPress={() => folder && void startJob(folder, `${folder}.iso`)}>
              Create image
            </Button>
          </div>
          <h2>Jobs</h2>
          <ul className={css.jobs}>
            {Object.values(jobs).map((j) => (
              <li key={j.jobId} className={css.job}>
                <ProgressBar
                  value={j.phase === 'done' ? 1 : j.done}
                  maxValue={j.phase === 'done' ? 1 : Math.max(j.total, 1)}
                  className={css.progress}
                >
                  {({ percentage, valueText }) => (
                    <>
                      <Label>{j.name}</Label>
                      <span className={css.phase} data-phase={j.phase}>
                        {j.phase === 'done' ? 'Done' : j.phase === 'error' ? (j.message ?? 'Failed') : valueText}
                      </span>
                      <div className={css.track}>
                        <div className={css.fill} style={{ width: `${percentage}%` }} />
                      </div>
                    </>
                  )}
                </ProgressBar>
              </li>
            ))}
          </ul>
        </TabPanel>
        <TabPanel id="browse" className={css.panel}>
          <BigTree count={100_000} />
        </TabPanel>
        <TabPanel id="settings" className={css.panel}>
          <h2>Settings</h2>
        </TabPanel>
      </main>
    </Tabs>
  )
}
