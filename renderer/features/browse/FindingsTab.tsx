import { CircleCheck, Info, OctagonAlert, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import type { Finding, FindingSeverity } from '../../../shared/image-model.ts'
import { Button } from '../../design/Button.tsx'
import { Folded } from '../../design/Folded.tsx'
import { Name } from '../../design/Name.tsx'
import { visibleName } from '../../design/visible-name.ts'
import { useSession, useSessionState } from '../../stores/browse-current.ts'
import { fromEngine } from '../../words/from-engine.ts'
import { say, sayNodes } from '../../words/say.ts'
import { LookingThrough } from './FactsTab.tsx'
import css from './FindingsTab.module.css'

const signs: Readonly<Record<FindingSeverity, typeof Info>> = {
  fatal: OctagonAlert,
  damaged: OctagonAlert,
  suspicious: TriangleAlert,
  note: Info,
}

/** What is wrong or odd about the image, worst first. */
export function FindingsTab() {
  const description = useSessionState((state) => state.description)
  if (!description) return <LookingThrough />
  return (
    <div className={css.findings}>
      <Deeper />
      {description.findings.length === 0 ? <Fine /> : <FindingList findings={description.findings} />}
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
      <p className={css.muted}>{say(isChecked ? 'browse.findings.checked' : 'browse.findings.unchecked')}</p>
      {!isChecked && (
        <Button isDisabled={isLooking} onPress={() => void look()}>
          {say(isLooking ? 'browse.findings.looking' : 'browse.findings.look')}
        </Button>
      )}
    </div>
  )
}

function Fine() {
  return (
    <div className={css.fine}>
      <CircleCheck size={40} strokeWidth={1.25} aria-hidden className={css.good} />
      <p>{say('browse.findings.none')}</p>
    </div>
  )
}

export function FindingList({ findings }: { findings: readonly Finding[] }) {
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
  const { severity, message, path, offsetBytes, clause, code } = finding
  const Sign = signs[severity]
  return (
    <li className={css.finding} data-severity={severity}>
      <Sign size={18} aria-hidden />
      <div className={css.words}>
        <p>
          {sayNodes('browse.finding', {
            b: (words) => <strong>{words}</strong>,
            severity: say(`browse.severity.${severity}`),
            message: fromEngine(visibleName(message)),
          })}
        </p>
        {path !== undefined && (
          <p className={css.path}>
            <Name>{path}</Name>
            <Button look="quiet" className={css.show} onPress={() => void session.goToPath(path)}>
              {say('browse.show')}
            </Button>
          </p>
        )}
        <Folded bare title={say('common.technical-details')}>
          <p className={css.technical}>
            {[code, offsetBytes === undefined ? null : say('browse.finding.byte', { offset: offsetBytes }), clause]
              .filter(Boolean)
              .join(' · ')}
          </p>
        </Folded>
      </div>
    </li>
  )
}
