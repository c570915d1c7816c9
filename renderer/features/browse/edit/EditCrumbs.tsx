import { ChevronRight, House } from 'lucide-react'
import { Button } from 'react-aria-components'
import { Name } from '../../../design/Name.tsx'
import { useEditState, useSession } from '../../../stores/browse-current.ts'
import { say } from '../../../words/say.ts'
import crumbsCss from '../files/Breadcrumbs.module.css'
import css from './EditCrumbs.module.css'
import { useDraftDrag } from './useDraftDrag.ts'

/** From the root down to the folder that is shown; each takes what is dropped on it. */
export function EditCrumbs() {
  const { edit } = useSession()
  const folder = useEditState((state) => state.folder)
  const drag = useDraftDrag()
  const names = folder.split('/').filter((part) => part !== '')
  const crumbs = ['/', ...names.map((_, index) => `/${names.slice(0, index + 1).join('/')}`)]
  return (
    <nav className={css.bar} aria-label={say('browse.folder')} onDragOver={drag.onDragOver} onDrop={drag.onDrop}>
      <ol className={crumbsCss.list}>
        {crumbs.map((path, index) => (
          <li key={path} className={crumbsCss.item} data-folder={path}>
            {index > 0 && <ChevronRight size={14} aria-hidden className={`pointing ${crumbsCss.arrow}`} />}
            <Button
              className={crumbsCss.crumb}
              aria-current={path === folder ? 'location' : undefined}
              aria-label={index === 0 ? say('browse.top-folder') : undefined}
              onPress={() => void edit.show(path, crumbs.slice(index + 1, index + 2))}
            >
              {index === 0 ? <House size={15} aria-hidden /> : <Name className={crumbsCss.name}>{names[index - 1] ?? ''}</Name>}
            </Button>
          </li>
        ))}
      </ol>
    </nav>
  )
}
