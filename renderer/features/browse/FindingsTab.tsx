import { CircleCheck, Info, OctagonAlert, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { formatNumber } from '../../../shared/format.ts'
import type { Finding, FindingSeverity } from '../../../shared/image-model.ts'
import { Button } from '../../design/Button.tsx'
import { Folded } from '../../design/Folded.tsx'
import { Name } from '../../design/Name.tsx'
import { visibleName } from '../../design/visible-name.ts'
import { useSession, useSessionState } from '../../stores/browse-current.ts'
import { LookingThrough } from './FactsTab.tsx'
import css from './FindingsTab.module.css'

const signs: Readonly<Record<FindingSeverity, { title: string; Sign: typeof Info }>> = {
  fatal: { title: 'Can’t be read', Sign: OctagonAlert },
  damaged: { title: 'Damaged', Sign: OctagonAlert },
  suspicious: { title: 'Suspicious', Sign: TriangleAlert },
  note: { title: 'Note', Sign: Info },
}

/** What is wrong or odd about the image, worst first. */
export function FindingsTab() {
  const description = useSessionState((state) => state.description)
  if (!description) return <LookingThrough />
  return (
    <div className={css.findings}>
      <Deeper />
      {description.findings.length === 0 ? <Fine /> : <List findings={description.findings} />}
    </div>
  )
}

/** Opening reads one tree; contradictions between trees take reading all. */
function Deeper() {
  const session = useSession()
  const isChecked = useSessionState((state) => state.isChecked)
  const [isLooking, setLooking] = useState(false)
  const look = async () => {
    setLooking(true)
    await session.check()
    setLooking(false)
  }
  return (
    <div className={css.deeper}>
      <p className={css.muted}>
        {isChecked
          ? 'All trees, tables and boot equipment were looked through and compared. The content of the files was not read.'
          : 'The descriptors and the folders of the best tree were read.'}
      </p>
      {!isChecked && (
        <Button isDisabled={isLooking} onPress={() => void look()}>
          {isLooking ? 'Looking…' : 'Look through everything'}
        </Button>
      )}
    </div>
  )
}

function Fine() {
  return (
    <div className={css.fine}>
      <CircleCheck size={40} strokeWidth={1.25} aria-hidden className={css.good} />
      <p>Nothing is odd about this image.</p>
    </div>
  )
}

function List({ findings }: { findings: readonly Finding[] }) {
  return (
    <ul className={css.list}>
      {findings.map((finding, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same finding may be there twice
        <FindingRow key={index} finding={finding} />
      ))}
    </ul>
  )
}

function FindingRow({ finding }: { finding: Finding }) {
  const session = useSession()
  const { title, Sign } = signs[finding.severity]
  const { message, path, offsetBytes, clause, code } = finding
  return (
    <li className={css.finding} data-severity={finding.severity}>
      <Sign size={18} aria-hidden />
      <div className={css.words}>
        <p>
          <strong>{title}.</strong> {visibleName(message)}
        </p>
        {path !== undefined && (
          <p className={css.path}>
            <Name>{path}</Name>
            <Button look="quiet" className={css.show} onPress={() => void session.goToPath(path)}>
              Show
            </Button>
          </p>
        )}
        <Folded bare title="Technical details">
          <p className={css.technical}>
            {[code, offsetBytes === undefined ? null : `byte ${formatNumber(offsetBytes)}`, clause].filter(Boolean).join(' · ')}
          </p>
        </Folded>
      </div>
    </li>
  )
}
