import { Disc3, Ellipsis, Flame, FolderDown, GitCompare, HardDriveDownload, PencilLine, Replace, ShieldCheck, Usb, X } from 'lucide-react'
import { Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import type { ImageDescription } from '../../../shared/browse.ts'
import { formatCount } from '../../../shared/format.ts'
import { Badge } from '../../design/Badge.tsx'
import { Button, IconButton } from '../../design/Button.tsx'
import { Disc } from '../../design/Disc.tsx'
import { selectedCount } from '../../design/list/row-ranges.ts'
import { Name } from '../../design/Name.tsx'
import { Size } from '../../design/Size.tsx'
import { useEditState, useSession, useSessionState } from '../../stores/browse-current.ts'
import { isEdited } from '../../stores/edit-session.ts'
import { useMounts } from '../../stores/mounts.ts'
import { burnImage } from '../drives/burning.ts'
import { verifySources } from '../verify/verifying-actions.ts'
import { bootBadge } from './boot-words.ts'
import { beginEdit } from './edit/begin-edit.ts'
import { leaveImage } from './edit/saving.ts'
import { extract } from './extracting.ts'
import { type HeaderAction, openInHeaderMenu } from './header-actions.ts'
import css from './ImageHeader.module.css'
import { useImageSheets } from './image-sheets.ts'
import menuCss from './Menu.module.css'

/** What the image is, and what can be done with all of it. */
export function ImageHeader() {
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
          <Actions />
          <IconButton label="Close this image" shortcut="Ctrl+W" onPress={() => void leaveImage(session)}>
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
    <ul className={css.facts} aria-label="What it is" aria-busy={description === null}>
      <li>
        <Size bytes={image.sizeBytes} />
      </li>
      {image.container !== null && (
        <li>
          <Badge>{image.container}</Badge>
        </li>
      )}
      {description && (
        <li>
          {formatCount(description.files, 'file', 'files')}
          {description.directories > 0 && ` in ${formatCount(description.directories, 'folder', 'folders')}`}
        </li>
      )}
      {description === null && <li className={css.looking}>Looking through it…</li>}
      {boot && (
        <li>
          <Badge tone="good">{boot}</Badge>
        </li>
      )}
      {description?.fileSystems.map(({ kind, title }) => (
        <li key={kind}>
          <Badge tone="accent">{title}</Badge>
        </li>
      ))}
      {description && description.sessions.length > 1 && (
        <li>
          <Badge>
            session {image.session} of {description.sessions.length}
          </Badge>
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
    <div className={css.actions} role="toolbar" aria-label="What to do with it">
      <Button
        look="primary"
        isDisabled={isEnded}
        aria-label={count === 0 ? 'Extract everything…' : `Extract ${formatCount(count, 'selected item', 'selected items')}…`}
        onPress={() => void extract(session, count === 0 ? 'everything' : 'selected')}
      >
        <FolderDown size={16} aria-hidden />
        {count === 0 ? 'Extract all…' : `Extract ${count.toLocaleString('en')}…`}
      </Button>
      <Button
        className={css.wordy}
        isDisabled={isEnded || isBeginningEdit || (isBeingEdited && isFiles)}
        aria-label={`Edit ${name}`}
        onPress={() => void (isBeingEdited ? session.setTab('files') : beginEdit(session))}
      >
        <PencilLine size={16} aria-hidden />
        <span>{isBeingEdited ? 'Editing' : 'Edit'}</span>
      </Button>
      <Button className={css.wordy} isDisabled={isMounting} aria-label={`Mount ${name}`} onPress={() => void mount(token)}>
        <HardDriveDownload size={16} aria-hidden />
        <span>{isMounting ? 'Mounting…' : 'Mount'}</span>
      </Button>
      <Button className={css.wordy} aria-label={`Burn ${name} to a disc…`} onPress={() => burnImage(session.image)}>
        <Flame size={16} aria-hidden />
        <span>Burn…</span>
      </Button>
      <Button className={css.wordy} aria-label={`Verify ${name}`} onPress={() => void verifySources([token])}>
        <ShieldCheck size={16} aria-hidden />
        <span>Verify</span>
      </Button>
      <Button
        className={css.wordy}
        isDisabled={isEnded}
        aria-label={`Convert ${name}…`}
        onPress={() => useImageSheets.getState().convert(true)}
      >
        <Replace size={16} aria-hidden />
        <span>Convert…</span>
      </Button>
      <MenuTrigger>
        <IconButton label="More">
          <Ellipsis size={18} aria-hidden />
        </IconButton>
        <Popover placement="bottom end">
          <Menu className={menuCss.menu} aria-label="More" onAction={(key) => void openInHeaderMenu(key as HeaderAction, session)}>
            <MenuItem id="compare" className={menuCss.item}>
              <GitCompare size={16} aria-hidden /> Compare with another image or a folder…
            </MenuItem>
            <MenuItem id="stage" className={menuCss.item}>
              <Disc3 size={16} aria-hidden /> Put it into a new image
            </MenuItem>
            <MenuItem id="flash" className={menuCss.item}>
              <Usb size={16} aria-hidden /> Write it to a USB stick…
            </MenuItem>
            <MenuItem id="reveal" className={menuCss.item}>
              <FolderDown size={16} aria-hidden /> Show the image file in its folder
            </MenuItem>
          </Menu>
        </Popover>
      </MenuTrigger>
    </div>
  )
}
