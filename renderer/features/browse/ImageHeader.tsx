import { Disc3, Ellipsis, Flame, FolderDown, GitCompare, HardDriveDownload, PencilLine, ShieldCheck, Usb, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import type { ImageDescription } from '../../../shared/browse.ts'
import { Badge } from '../../design/Badge.tsx'
import { Button, IconButton } from '../../design/Button.tsx'
import { Disc } from '../../design/Disc.tsx'
import { selectedCount } from '../../design/list/row-ranges.ts'
import { Name } from '../../design/Name.tsx'
import { Size } from '../../design/Size.tsx'
import { useEditState, useSession, useSessionState } from '../../stores/browse-current.ts'
import { isEdited } from '../../stores/edit-session.ts'
import { useMounts } from '../../stores/mounts.ts'
import { formatNumber } from '../../words/amounts.ts'
import { fromEngine } from '../../words/from-engine.ts'
import { say } from '../../words/say.ts'
import { burnImage } from '../drives/burning.ts'
import { chordText } from '../frame/shortcuts.ts'
import { verifySources } from '../verify/verifying-actions.ts'
import { bootBadge } from './boot-words.ts'
import { ConvertButton } from './ConvertButton.tsx'
import { beginEdit } from './edit/begin-edit.ts'
import { leaveImage } from './edit/saving.ts'
import { extract } from './extracting.ts'
import { type HeaderAction, openInHeaderMenu } from './header-actions.ts'
import css from './ImageHeader.module.css'
import menuCss from './Menu.module.css'

/** What the image is, and what can be done with all of it. */
export function ImageHeader({ actions = <Actions /> }: { actions?: ReactNode }) {
  const session = useSession()
  const { image } = session
  const description = useSessionState((state) => state.description)
  const title = image.label || image.name
  return (
    <header className={css.head}>
      <Disc sizePx={52} />
      <div className={css.what}>
        <div className={css.titleLine}>
          <h1 className={css.title} title={title}>
            <Name>{title}</Name>
          </h1>
          <span className={css.path} title={image.displayPath}>
            <Name>{image.displayPath}</Name>
          </span>
          {actions}
          <IconButton label={say('browse.close-image')} shortcut={chordText({ key: 'w' })} onPress={() => void leaveImage(session)}>
            <X size={18} aria-hidden />
          </IconButton>
        </div>
        <Facts description={description} />
      </div>
    </header>
  )
}

function Facts({ description }: { description: ImageDescription | null }) {
  const { image } = useSession()
  const boot = description && bootBadge(description)
  return (
    <ul className={css.facts} aria-label={say('browse.what-it-is')} aria-busy={description === null}>
      <li>
        <Size bytes={image.sizeBytes} />
      </li>
      {image.container !== null && (
        <li>
          <Badge>{fromEngine(image.container)}</Badge>
        </li>
      )}
      {description && (
        <li>
          {image.views.length === 0
            ? say('browse.sound.tracks', { count: description.disc?.tracks.length ?? 0 })
            : description.directories === 0
              ? say('common.files', { count: description.files })
              : say('common.files-in-folders', { files: description.files, folders: description.directories })}
        </li>
      )}
      {description === null && <li className={css.looking}>{say('browse.looking-through-it')}</li>}
      {boot && (
        <li>
          <Badge tone="good">{boot}</Badge>
        </li>
      )}
      {description?.fileSystems.map(({ kind, title }) => (
        <li key={kind}>
          <Badge tone="accent">{fromEngine(title)}</Badge>
        </li>
      ))}
      {description && description.sessions.length > 1 && (
        <li>
          <Badge>{say('browse.session-of', { number: image.session ?? 0, count: description.sessions.length })}</Badge>
        </li>
      )}
    </ul>
  )
}

function Actions() {
  const session = useSession()
  const { token, name } = session.image
  const selection = useSessionState((state) => state.selection)
  const isFiles = useSessionState((state) => state.tab === 'files')
  const isEnded = useSessionState((state) => state.isEnded)
  const mount = useMounts((state) => state.mount)
  const isMounting = useMounts((state) => state.busy.has(token))
  const isBeingEdited = useEditState(isEdited)
  const isBeginningEdit = useEditState((state) => state.isBeginning)
  const count = isFiles && !isBeingEdited ? selectedCount(selection) : 0
  return (
    <div className={css.actions} role="toolbar" aria-label={say('browse.actions')}>
      <Button
        look="primary"
        isDisabled={isEnded}
        aria-label={count === 0 ? say('browse.extract.everything') : say('browse.extract.selected', { count })}
        onPress={() => void extract(session, count === 0 ? 'everything' : 'selected')}
      >
        <FolderDown size={16} aria-hidden />
        {count === 0 ? say('browse.extract.all') : say('browse.extract.count', { count: formatNumber(count) })}
      </Button>
      <Button
        className={css.wordy}
        isDisabled={isEnded || isBeginningEdit || (isBeingEdited && isFiles)}
        aria-label={say('browse.edit.image', { name })}
        onPress={() => void (isBeingEdited ? session.setTab('files') : beginEdit(session))}
      >
        <PencilLine size={16} aria-hidden />
        <span>{say(isBeingEdited ? 'browse.editing' : 'browse.edit')}</span>
      </Button>
      <Button
        className={css.wordy}
        isDisabled={isMounting}
        aria-label={say('browse.mount.image', { name })}
        onPress={() => void mount(token)}
      >
        <HardDriveDownload size={16} aria-hidden />
        <span>{say(isMounting ? 'browse.mounting' : 'browse.mount')}</span>
      </Button>
      <Button className={css.wordy} aria-label={say('browse.burn.image', { name })} onPress={() => burnImage(session.image)}>
        <Flame size={16} aria-hidden />
        <span>{say('browse.burn')}</span>
      </Button>
      <Button className={css.wordy} aria-label={say('browse.verify.image', { name })} onPress={() => void verifySources([token])}>
        <ShieldCheck size={16} aria-hidden />
        <span>{say('browse.verify')}</span>
      </Button>
      <ConvertButton />
      <MenuTrigger>
        <IconButton label={say('browse.more')}>
          <Ellipsis size={18} aria-hidden />
        </IconButton>
        <Popover placement="bottom end">
          <Menu
            className={menuCss.menu}
            aria-label={say('browse.more')}
            onAction={(key) => void openInHeaderMenu(key as HeaderAction, session)}
          >
            <MenuItem id="compare" className={menuCss.item}>
              <GitCompare size={16} aria-hidden /> {say('browse.more.compare')}
            </MenuItem>
            <MenuItem id="stage" className={menuCss.item}>
              <Disc3 size={16} aria-hidden /> {say('browse.more.stage')}
            </MenuItem>
            <MenuItem id="flash" className={menuCss.item}>
              <Usb size={16} aria-hidden /> {say('browse.more.flash')}
            </MenuItem>
            <MenuItem id="reveal" className={menuCss.item}>
              <FolderDown size={16} aria-hidden /> {say('browse.more.reveal')}
            </MenuItem>
          </Menu>
        </Popover>
      </MenuTrigger>
    </div>
  )
}
