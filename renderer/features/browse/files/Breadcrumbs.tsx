import { ChevronRight, House } from 'lucide-react'
import { Button } from 'react-aria-components'
import { Name } from '../../../design/Name.tsx'
import { useSession, useSessionState } from '../../../stores/browse-current.ts'
import { say } from '../../../words/say.ts'
import css from './Breadcrumbs.module.css'

/** From the root down to the folder that is shown; the ends stay in sight when there is no room for all. */
export function Breadcrumbs() {
  const session = useSession()
  const crumbs = useSessionState((state) => state.crumbs)
  const isSearching = useSessionState((state) => state.searchText !== '')
  return (
    <nav className={css.crumbs} aria-label={say('browse.folder')}>
      <ol className={css.list}>
        {crumbs.map(({ entry, name }, index) => {
          const isLast = index === crumbs.length - 1 && !isSearching
          return (
            <li key={entry} className={css.item}>
              {index > 0 && <ChevronRight size={14} aria-hidden className={`pointing ${css.arrow}`} />}
              <Button
                className={css.crumb}
                aria-current={isLast ? 'location' : undefined}
                aria-label={index === 0 ? say('browse.top-folder') : undefined}
                onPress={() => void session.goTo(crumbs.slice(0, index + 1))}
              >
                {index === 0 ? <House size={15} aria-hidden /> : <Name className={css.name}>{name}</Name>}
              </Button>
            </li>
          )
        })}
        {isSearching && (
          <li className={css.item}>
            <ChevronRight size={14} aria-hidden className={`pointing ${css.arrow}`} />
            <span className={css.found}>{say('browse.search')}</span>
          </li>
        )}
      </ol>
    </nav>
  )
}
