import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components'
import { Button } from '../../design/Button.tsx'
import { ProblemCard } from '../../design/ProblemCard.tsx'
import { useEditState, useSession, useSessionState } from '../../stores/browse-current.ts'
import { closeImage, reopenImage } from '../../stores/browse-images.ts'
import type { ImageTab } from '../../stores/browse-session.ts'
import { isUnsaved } from '../../stores/edit-session.ts'
import { formatNumber } from '../../words/amounts.ts'
import { say } from '../../words/say.ts'
import { BootTab } from './BootTab.tsx'
import { ConvertSheet } from './ConvertSheet.tsx'
import { CompareSheet } from './compare/CompareSheet.tsx'
import { CompareTab } from './compare/CompareTab.tsx'
import { EditSheets } from './edit/EditSheets.tsx'
import { FactsTab } from './FactsTab.tsx'
import { FindingsTab } from './FindingsTab.tsx'
import { FilesTab } from './files/FilesTab.tsx'
import { ImageHeader } from './ImageHeader.tsx'
import css from './ImageScreen.module.css'
import { ImageSheets } from './ImageSheets.tsx'
import { MapTab } from './map/MapTab.tsx'

/** An open image: what it is, and what is in it. */
export function ImageScreen() {
  const session = useSession()
  const tab = useSessionState((state) => state.tab)
  const description = useSessionState((state) => state.description)
  const isEnded = useSessionState((state) => state.isEnded)
  const hasComparison = useSessionState((state) => state.comparison !== null)
  const findingCount = description?.findings.length ?? 0
  return (
    <div className={css.screen}>
      <ImageHeader />
      {isEnded ? (
        <Ended />
      ) : (
        <Tabs className={css.tabs} selectedKey={tab} onSelectionChange={(key) => session.setTab(key as ImageTab)}>
          <TabList className={css.tabList} aria-label={say('browse.looks')}>
            <Tab id="files" className={css.tab}>
              {say('browse.look.files')}
            </Tab>
            <Tab id="facts" className={css.tab}>
              {say('browse.look.facts')}
            </Tab>
            <Tab id="boot" className={css.tab}>
              {say('browse.look.boot')}
            </Tab>
            <Tab id="map" className={css.tab}>
              {say('browse.look.map')}
            </Tab>
            <Tab id="findings" className={css.tab}>
              {say('browse.look.findings')}
              {findingCount > 0 && <span className={css.count}>{formatNumber(findingCount)}</span>}
            </Tab>
            {hasComparison && (
              <Tab id="comparison" className={css.tab}>
                {say('browse.look.comparison')}
              </Tab>
            )}
          </TabList>
          <TabPanel id="files" className={css.panel}>
            <FilesTab />
          </TabPanel>
          <TabPanel id="facts" className={css.page}>
            <FactsTab />
          </TabPanel>
          <TabPanel id="boot" className={css.page}>
            <BootTab />
          </TabPanel>
          <TabPanel id="map" className={css.panel}>
            <MapTab />
          </TabPanel>
          <TabPanel id="findings" className={css.page}>
            <FindingsTab />
          </TabPanel>
          {hasComparison && (
            <TabPanel id="comparison" className={css.panel}>
              <CompareTab />
            </TabPanel>
          )}
        </Tabs>
      )}
      <ImageSheets />
      <CompareSheet />
      <ConvertSheet />
      <EditSheets />
    </div>
  )
}

/** The image made its reader fail. */
export function Ended() {
  const session = useSession()
  const problem = useSessionState((state) => state.problem)
  const hadChanges = useEditState(isUnsaved)
  if (!problem) return null
  return (
    <div className={css.ended} role="alert">
      <ProblemCard problem={problem}>
        {hadChanges && <p className={css.lost}>{say('browse.ended.changes-lost')}</p>}
        <Button onPress={() => void reopenImage(session)}>{say('browse.ended.open-again')}</Button>
        <Button look="quiet" onPress={() => void closeImage(session.image.imageId)}>
          {say('common.close')}
        </Button>
      </ProblemCard>
    </div>
  )
}
