import type { SectorMap, SectorUse } from '../../../../shared/browse.ts'
import { Button } from '../../../design/Button.tsx'
import { Name } from '../../../design/Name.tsx'
import { useSession, useSessionState } from '../../../stores/browse-current.ts'
import { formatSize } from '../../../words/amounts.ts'
import { fromEngine } from '../../../words/from-engine.ts'
import { say } from '../../../words/say.ts'
import { useAsked } from '../files/useAsked.ts'
import css from './MapTab.module.css'

/** What lies in the cell that the map points at. */
export function PointedAt({ map }: { map: SectorMap }) {
  const session = useSession()
  const view = useSessionState((state) => state.view)
  const mapLba = useSessionState((state) => state.mapLba)
  const { sectorsPerCell, volumeEndLba } = map
  const lba = Math.floor(Math.min(mapLba, map.sectors - 1) / sectorsPerCell) * sectorsPerCell
  const sectors = Math.max(1, Math.min(sectorsPerCell, map.sectors - lba))
  const wanted = { imageId: session.image.imageId, view, lba, sectors }
  const asked = useAsked(`${view} ${lba} ${sectors}`, () => window.isomer.browse.contentAt(wanted), 40)
  const content = asked.is === 'there' ? asked.value : null
  return (
    <div className={css.pointed} role="status">
      <p className={css.where}>
        {sectors === 1 ? say('browse.map.sector', { lba }) : say('browse.map.sectors', { from: lba, to: lba + sectors - 1 })}
        <span className={css.muted}>
          {' '}
          {formatSize(sectors * 2048)}
          {volumeEndLba !== null && lba >= volumeEndLba && ` · ${say('browse.map.behind-end')}`}
        </span>
      </p>
      {content && (
        <ul className={css.contents}>
          {content.titles.map((title) => (
            <li key={title}>{fromEngine(title)}</li>
          ))}
          {content.entries.map(({ entry, path, startLba, lengthBytes }) => (
            <li key={`${entry} ${startLba}`}>
              <Button look="quiet" className={css.entry} onPress={() => void session.goToPath(path)}>
                <Name>{path}</Name>
              </Button>
              <span className={css.muted}> {formatSize(lengthBytes)}</span>
            </li>
          ))}
          {content.titles.length + content.entries.length === 0 && <li className={css.muted}>{nothingWords(content.use)}</li>}
        </ul>
      )}
    </div>
  )
}

/** Why nothing is named; tables and boot equipment always are. */
const nothingWords = (use: SectorUse): string => (use === 'structure' || use === 'boot' ? '' : say(`browse.map.nothing.${use}`))
