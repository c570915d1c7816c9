import { CircleCheck, CircleSlash, Power } from 'lucide-react'
import type { DescribedBootImage, DescribedPartition, ImageDescription } from '../../../shared/browse.ts'
import { Badge } from '../../design/Badge.tsx'
import { Button } from '../../design/Button.tsx'
import { Name } from '../../design/Name.tsx'
import { visibleName } from '../../design/visible-name.ts'
import { useSession, useSessionState } from '../../stores/browse-current.ts'
import { formatList, formatNumber, formatSize } from '../../words/amounts.ts'
import { fromEngine } from '../../words/from-engine.ts'
import { say, sayNodes } from '../../words/say.ts'
import css from './BootTab.module.css'
import { platformsOf } from './boot-words.ts'
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
        <section className={css.section} aria-label={say('browse.boot.images')}>
          <h2 className={css.title}>{say('browse.boot.from-disc')}</h2>
          <ul className={css.list}>
            {boot.map((image) => (
              <BootImage key={image.number} image={image} />
            ))}
          </ul>
        </section>
      )}
      {partitions.length > 0 && (
        <section className={css.section} aria-label={say('browse.boot.partitions')}>
          <h2 className={css.title}>{say('browse.boot.from-stick')}</h2>
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
      <p>{say('browse.boot.nothing')}</p>
      <p className={css.muted}>{say('browse.boot.nothing.detail')}</p>
    </div>
  )
}

/** The answer most people come for. */
function Sentence({ description: { boot, isHybrid } }: { description: ImageDescription }) {
  const platforms = formatList(platformsOf(boot))
  return (
    <p className={css.sentence}>
      <Power size={20} aria-hidden />
      <span>
        {platforms === ''
          ? say(isHybrid ? 'browse.boot.starts-stick' : 'browse.boot.starts-nothing')
          : say(isHybrid ? 'browse.boot.starts-disc-and-stick' : 'browse.boot.starts-disc', { platforms })}
      </span>
    </p>
  )
}

function BootImage({ image }: { image: DescribedBootImage }) {
  const session = useSession()
  const { number, platform, isBootable, emulation, loadedSectors, hasBootInfoTable, path } = image
  const show = async (bootPath: string) => {
    await session.setView('boot')
    await session.goToPath(bootPath)
  }
  return (
    <li className={css.card}>
      <div className={css.what}>
        <p className={css.name}>
          {formatNumber(number)}. {fromEngine(platform)}
          {isBootable ? (
            <Badge tone="good">
              <CircleCheck size={12} aria-hidden /> {say('browse.boot.bootable')}
            </Badge>
          ) : (
            <Badge>{say('browse.boot.not-bootable')}</Badge>
          )}
          {emulation !== null && <Badge>{emulationWords(emulation)}</Badge>}
          {hasBootInfoTable && <Badge>{say('browse.boot.info-table')}</Badge>}
        </p>
        <p className={css.muted}>
          {placeWords(image)} · {say('browse.boot.loads', { size: formatSize(loadedSectors * 512) })}
        </p>
      </div>
      {path !== null && <Button onPress={() => void show(path)}>{say('browse.boot.show-file')}</Button>}
    </li>
  )
}

/** What firmware takes it for: `as floppy 1.44M`. */
function emulationWords(emulation: string): string {
  return emulation === 'hard-disk'
    ? say('browse.boot.as-hard-disk')
    : say('browse.boot.as-floppy', { size: emulation.replace('floppy-', '') })
}

function placeWords({ lba, sizeBytes, isSizeGuessed }: DescribedBootImage): string {
  if (sizeBytes === null) return say('browse.boot.place-outside', { lba })
  return say(isSizeGuessed ? 'browse.boot.place-guessed' : 'browse.boot.place', { size: formatSize(sizeBytes), lba })
}

/** Of MBR partitions the number of the type comes first, which words may follow: `type 0xef, EFI system partition`. */
function typeWords(type: string): string {
  const [, number, title] = /^type (0x[0-9a-f]+)(?:, (.+))?$/.exec(type) ?? []
  if (number === undefined) return fromEngine(visibleName(type))
  return title === undefined
    ? say('browse.partition.type-number', { number })
    : say('browse.partition.type-titled', { number, title: fromEngine(title) })
}

const tableTitles = { mbr: 'MBR', gpt: 'GPT', apple: 'Apple' } as const

function Partitions({ partitions }: { partitions: readonly DescribedPartition[] }) {
  return (
    <table className={css.table}>
      <thead>
        <tr>
          <th scope="col">{say('browse.partition.table')}</th>
          <th scope="col">{say('browse.partition')}</th>
          <th scope="col">{say('browse.partition.type')}</th>
          <th scope="col" className={css.end}>
            {say('browse.partition.from-byte')}
          </th>
          <th scope="col" className={css.end}>
            {say('common.size')}
          </th>
        </tr>
      </thead>
      <tbody>
        {partitions.map(({ table, number, type, name, isActive, startBytes, sizeBytes }) => (
          <tr key={`${table} ${number}`}>
            <td>{tableTitles[table]}</td>
            <td>
              {number}
              {isActive && ` · ${say('browse.partition.active')}`}
            </td>
            <td>
              {name === '' ? (
                <bdi>{typeWords(type)}</bdi>
              ) : (
                sayNodes('browse.partition.named', { type: <bdi>{typeWords(type)}</bdi>, name: <Name>{name}</Name> })
              )}
            </td>
            <td className={css.end}>{formatNumber(startBytes)}</td>
            <td className={css.end}>{formatSize(sizeBytes)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
