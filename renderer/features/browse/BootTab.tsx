import { CircleCheck, CircleSlash, Power } from 'lucide-react'
import type { DescribedBootImage, DescribedPartition, ImageDescription } from '../../../shared/browse.ts'
import { formatNumber, formatSize } from '../../../shared/format.ts'
import { Badge } from '../../design/Badge.tsx'
import { Button } from '../../design/Button.tsx'
import { Name } from '../../design/Name.tsx'
import { useSession, useSessionState } from '../../stores/browse-current.ts'
import css from './BootTab.module.css'
import { LookingThrough } from './FactsTab.tsx'

/** What in the image starts computers, from a disc and from a stick. */
export function BootTab() {
  const description = useSessionState((state) => state.description)
  if (!description) return <LookingThrough />
  const { boot, partitions } = description
  if (boot.length === 0 && partitions.length === 0) return <Nothing />
  return (
    <div className={css.boot}>
      <Sentence description={description} />
      {boot.length > 0 && (
        <section className={css.section} aria-label="Boot images">
          <h2 className={css.title}>From a disc</h2>
          <ul className={css.list}>
            {boot.map((image) => (
              <BootImage key={image.number} image={image} />
            ))}
          </ul>
        </section>
      )}
      {partitions.length > 0 && (
        <section className={css.section} aria-label="Partitions">
          <h2 className={css.title}>From a stick or hard disk</h2>
          <Partitions partitions={partitions} />
        </section>
      )}
    </div>
  )
}

function Nothing() {
  return (
    <div className={css.nothing}>
      <CircleSlash size={40} strokeWidth={1.25} aria-hidden />
      <p>Nothing in this image starts a computer.</p>
      <p className={css.muted}>It has neither a boot catalog nor partitions.</p>
    </div>
  )
}

/** The answer most people come for. */
function Sentence({ description: { boot, isHybrid } }: { description: ImageDescription }) {
  const bootable = boot.filter(({ isBootable }) => isBootable)
  const platforms = [...new Set(bootable.map(({ platform }) => platform))]
  const fromDisc =
    platforms.length === 0 ? 'It starts no computer from a disc' : `It starts computers with ${platforms.join(' and ')} from a disc`
  return (
    <p className={css.sentence}>
      <Power size={20} aria-hidden />
      <span>
        {fromDisc}
        {isHybrid
          ? '; written to a stick, it may start from there as well, for it has boot code or partitions of its own.'
          : '. It has no partitions: from a stick it starts nothing.'}
      </span>
    </p>
  )
}

function BootImage({ image }: { image: DescribedBootImage }) {
  const session = useSession()
  const { number, platform, isBootable, emulation, lba, sizeBytes, isSizeGuessed, loadedSectors, hasBootInfoTable, path } = image
  const show = async (bootPath: string) => {
    await session.setView('boot')
    await session.goToPath(bootPath)
  }
  return (
    <li className={css.card}>
      <div className={css.what}>
        <p className={css.name}>
          {number}. {platform}
          {isBootable ? (
            <Badge tone="good">
              <CircleCheck size={12} aria-hidden /> bootable
            </Badge>
          ) : (
            <Badge>marked as not bootable</Badge>
          )}
          {emulation !== null && <Badge>as {emulation.replace('-', ' ')}</Badge>}
          {hasBootInfoTable && <Badge>boot information table</Badge>}
        </p>
        <p className={css.muted}>
          {sizeBytes === null ? 'outside the image' : `${formatSize(sizeBytes)}${isSizeGuessed ? ' (a guess)' : ''}`} from sector{' '}
          {formatNumber(lba)} · firmware loads {formatSize(loadedSectors * 512)}
        </p>
      </div>
      {path !== null && <Button onPress={() => void show(path)}>Show as file</Button>}
    </li>
  )
}

const tableTitles = { mbr: 'MBR', gpt: 'GPT', apple: 'Apple' } as const

function Partitions({ partitions }: { partitions: readonly DescribedPartition[] }) {
  return (
    <table className={css.table}>
      <thead>
        <tr>
          <th scope="col">Table</th>
          <th scope="col">Partition</th>
          <th scope="col">Type</th>
          <th scope="col" className={css.end}>
            From byte
          </th>
          <th scope="col" className={css.end}>
            Size
          </th>
        </tr>
      </thead>
      <tbody>
        {partitions.map(({ table, number, type, name, isActive, startBytes, sizeBytes }) => (
          <tr key={`${table} ${number}`}>
            <td>{tableTitles[table]}</td>
            <td>
              {number}
              {isActive && ' · active'}
            </td>
            <td>
              <Name>{name === '' ? type : `${type} “${name}”`}</Name>
            </td>
            <td className={css.end}>{formatNumber(startBytes)}</td>
            <td className={css.end}>{formatSize(sizeBytes)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
