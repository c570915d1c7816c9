import { Activity, Copy, Ellipsis, Eraser, Flame, HardDriveDownload } from 'lucide-react'
import { useState } from 'react'
import { Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { canBeErased, canBeRead, canBeWritten, type DriveRow } from '../../../shared/drive-rows.ts'
import { Badge } from '../../design/Badge.tsx'
import { Button, IconButton } from '../../design/Button.tsx'
import { Disc } from '../../design/Disc.tsx'
import { EjectSign } from '../../design/EjectSign.tsx'
import { Name } from '../../design/Name.tsx'
import { Path } from '../../design/Path.tsx'
import { ProblemCard } from '../../design/ProblemCard.tsx'
import { ejectDrive, showDrivesPage, useDrives } from '../../stores/drives.ts'
import { answerOf } from '../../stores/notices.ts'
import { say } from '../../words/say.ts'
import menuCss from '../browse/Menu.module.css'
import css from './DriveCard.module.css'
import { discFacts, kindTitle, stateTitle } from './disc-words.ts'
import { EraseSheet } from './EraseSheet.tsx'

/** One drive: what it is, what is in it, and what can be done with that. */
export function DriveCard({ drive }: { drive: DriveRow }) {
  const { medium, problem, toolProblem } = drive
  return (
    <li className={css.card}>
      <div className={css.main}>
        <div className={css.picture} data-empty={medium === null || undefined}>
          {medium === null ? <HardDriveDownload size={40} strokeWidth={1} aria-hidden /> : <Disc sizePx={64} />}
        </div>
        <div className={css.words}>
          <h2 className={css.name}>
            <Name>{drive.name}</Name>
            {drive.isVirtual && <Badge tone="accent">{say('drives.virtual-disc')}</Badge>}
          </h2>
          <p className={css.where}>
            <Path>{drive.place}</Path>
          </p>
          <WhatIsInIt drive={drive} />
        </div>
        <Actions drive={drive} />
      </div>
      {problem && <ProblemCard problem={problem} tone="caution" />}
      {toolProblem && <ProblemCard problem={toolProblem} tone="caution" />}
    </li>
  )
}

function WhatIsInIt({ drive: { medium, problem, isVirtual } }: { drive: DriveRow }) {
  if (medium === null) return problem === null ? <p className={css.nothing}>{say('drives.no-disc')}</p> : null
  return (
    <>
      <p className={css.disc}>
        {!isVirtual && <span>{kindTitle(medium)}</span>}
        {medium.label !== null && <Name className={css.label}>{medium.label}</Name>}
        <Badge tone={medium.state === 'blank' ? 'good' : 'plain'}>{stateTitle(medium)}</Badge>
      </p>
      <dl className={css.facts}>
        {discFacts(medium).map(({ title, value }) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}

function Actions({ drive }: { drive: DriveRow }) {
  const { driveId, medium, isVirtual, jobId, name } = drive
  const [isErasing, setErasing] = useState(false)
  const isOpening = useDrives((state) => state.opening.has(driveId))
  return (
    <div className={css.actions}>
      {jobId !== null && (
        <Button look="primary" onPress={() => showDrivesPage({ is: 'job', jobId })}>
          <Activity size={16} aria-hidden /> {say('drives.at-work')}
        </Button>
      )}
      {jobId === null && medium !== null && canBeRead(medium) && (
        <Button aria-label={say('drives.copy.label', { drive: name })} onPress={() => showDrivesPage({ is: 'rip', driveId })}>
          <Copy size={16} aria-hidden /> {say('drives.copy')}
        </Button>
      )}
      {jobId === null && medium !== null && canBeWritten(medium) && (
        <Button
          aria-label={say('drives.burn.label', { drive: name })}
          onPress={() => showDrivesPage({ is: 'burn', driveId, source: null })}
        >
          <Flame size={16} aria-hidden /> {say('drives.burn')}
        </Button>
      )}
      {jobId === null && medium !== null && canBeErased(medium) && (
        <Button aria-label={say('drives.erase.label', { drive: name })} onPress={() => setErasing(true)}>
          <Eraser size={16} aria-hidden /> {say('drives.erase')}
        </Button>
      )}
      <EraseSheet drive={drive} isOpen={isErasing} onClose={() => setErasing(false)} />
      {!isVirtual && (
        <IconButton
          label={say('drives.open', { drive: name })}
          isDisabled={isOpening || jobId !== null}
          onPress={() => void ejectDrive(driveId)}
        >
          <EjectSign sizePx={16} />
        </IconButton>
      )}
      {isVirtual && (
        <MenuTrigger>
          <IconButton label={say('drives.more-for', { drive: name })} isDisabled={jobId !== null}>
            <Ellipsis size={18} aria-hidden />
          </IconButton>
          <Popover placement="bottom end">
            <Menu
              className={menuCss.menu}
              aria-label={say('drives.more-for', { drive: name })}
              onAction={() => void answerOf(window.isomer.drives.forgetVirtual({ driveId }))}
            >
              <MenuItem id="forget" className={menuCss.item}>
                {say('drives.forget')}
              </MenuItem>
            </Menu>
          </Popover>
        </MenuTrigger>
      )}
    </div>
  )
}
