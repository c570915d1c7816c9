import { FolderOpen, HardDriveDownload, Search, TriangleAlert } from 'lucide-react'
import type { MountRow } from '../../../shared/mounts.ts'
import { Badge } from '../../design/Badge.tsx'
import { Button } from '../../design/Button.tsx'
import { Disc } from '../../design/Disc.tsx'
import { EjectSign } from '../../design/EjectSign.tsx'
import { Name } from '../../design/Name.tsx'
import { Path } from '../../design/Path.tsx'
import { useMounts } from '../../stores/mounts.ts'
import { answerOf } from '../../stores/notices.ts'
import { say } from '../../words/say.ts'
import { enter } from '../frame/entering.ts'
import { DoubleClickChoice } from '../settings/DoubleClickChoice.tsx'
import css from './MountsPlace.module.css'
import { mountedHow, warningOf } from './mount-words.ts'
import { pickToMount } from './mounting.ts'
import { PreparingCard } from './PreparingCard.tsx'

/** Images that the system shows as folders or drives. */
export function MountsPlace() {
  const { rows, preparing, ejectAll, busy } = useMounts()
  const own = rows?.filter((row) => row.madeByIsomer) ?? []
  return (
    <div className={css.place}>
      <header className={css.head}>
        <h1 className={css.title}>{say('mounts.title')}</h1>
        {rows !== null && rows.length + preparing.length > 0 && (
          <div className={css.actions}>
            <Button onPress={() => void pickToMount()}>
              <HardDriveDownload size={16} aria-hidden /> {say('mounts.mount')}
            </Button>
            {own.length > 1 && (
              <Button isDisabled={busy.has('all')} onPress={() => void ejectAll()}>
                <EjectSign sizePx={16} /> {say('mounts.eject-all')}
              </Button>
            )}
          </div>
        )}
      </header>
      {rows?.length === 0 && preparing.length === 0 && <Empty />}
      {preparing.length > 0 && (
        <ul className={css.list} aria-label={say('mounts.preparing')}>
          {preparing.map((image) => (
            <PreparingCard key={image.token} image={image} />
          ))}
        </ul>
      )}
      {rows !== null && rows.length > 0 && (
        <ul className={css.list} aria-label={say('mounts.title')}>
          {rows.map((row) => (
            <MountCard key={row.mountId} row={row} />
          ))}
        </ul>
      )}
      <div className={css.foot}>
        <DoubleClickChoice />
      </div>
    </div>
  )
}

function MountCard({ row }: { row: MountRow }) {
  const isLatest = useMounts((state) => state.latest?.row.mountId === row.mountId)
  const isLeaving = useMounts((state) => state.busy.has(row.mountId))
  const eject = useMounts((state) => state.eject)
  const warning = warningOf(row.imageState)
  const name = row.imageName ?? row.placeDisplayPath
  const look = async () => {
    const source = await answerOf(window.isomer.mounts.image({ mountId: row.mountId }))
    if (source) await enter([source], { place: 'home', folder: null })
  }
  return (
    <li className={css.card} data-latest={isLatest || undefined}>
      <Disc sizePx={48} />
      <div className={css.words}>
        <p className={css.name}>
          <Name>{name}</Name>
          {row.fileSystem !== null && !row.fileSystem.startsWith('fuse.') && <Badge>{row.fileSystem}</Badge>}
          <Badge>{say('mounts.read-only')}</Badge>
        </p>
        <p className={css.where}>
          <Path>{row.placeDisplayPath}</Path>
        </p>
        <p className={css.muted}>
          {mountedHow(row)}
          {row.imageDisplayPath !== null && (
            <>
              {' · '}
              <Path>{row.imageDisplayPath}</Path>
            </>
          )}
        </p>
        {warning !== null && (
          <p className={css.warning}>
            <TriangleAlert size={14} aria-hidden /> {warning}
          </p>
        )}
      </div>
      <div className={css.actions}>
        <Button
          look={isLatest ? 'primary' : 'plain'}
          aria-label={say('mounts.open-folder-of', { name })}
          onPress={() => void answerOf(window.isomer.mounts.open({ mountId: row.mountId }))}
        >
          <FolderOpen size={16} aria-hidden /> {say('mounts.open-folder')}
        </Button>
        {row.imageName !== null && row.imageState !== 'gone' && (
          <Button look="quiet" aria-label={say('mounts.look-into', { name })} onPress={() => void look()}>
            <Search size={16} aria-hidden /> {say('mounts.look-inside')}
          </Button>
        )}
        <Button aria-label={say('mounts.eject-this', { name })} isDisabled={isLeaving} onPress={() => void eject(row.mountId)}>
          <EjectSign sizePx={16} /> {isLeaving ? say('mounts.ejecting') : say('mounts.eject')}
        </Button>
      </div>
    </li>
  )
}

function Empty() {
  return (
    <div className={css.empty}>
      <Disc sizePx={112} />
      <h2 className={css.emptyTitle}>{say('mounts.empty')}</h2>
      <p className={css.muted}>{say('mounts.empty.lead')}</p>
      <Button look="primary" onPress={() => void pickToMount()}>
        <HardDriveDownload size={16} aria-hidden /> {say('mounts.mount')}
      </Button>
    </div>
  )
}
